using Bridge.Torch.Autograd;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private bool _requiresGrad;
        private Node? _gradFn;
        private int _output;
        private LeafNode? _leaf;
        private Tensor? _grad;
        private bool _gradIsZero;
        private int _historyVersion;

        public bool requires_grad
        {
            get => _requiresGrad;
            set => SetRequiresGrad(value);
        }

        public bool is_leaf => _gradFn is null;

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public Tensor requires_grad_(bool requires_grad = true)
        {
            SetRequiresGrad(requires_grad);
            return this;
        }

        /// <summary>The gradient that backward has added up in this leaf; null before. The returned tensor is a view of it.</summary>
        public Tensor? grad
        {
            get => Gradient?.Share();
            set
            {
                Tensor? kept = value?.Share().DetachFromDisposeScope();
                if (kept is not null && !Shape.Same(kept._sizes, _sizes))
                    throw new ArgumentException($"grad: {kept.Text} is not the shape of the tensor, {Text}");
                _grad?.Dispose();
                _grad = kept;
                _gradIsZero = false;
            }
        }

        /// <summary>The gradient itself, for optimisers.</summary>
        internal Tensor? Gradient
        {
            get
            {
                if (_gradIsZero)
                {
                    _grad = Empty(ScalarType.Float32, _sizes).DetachFromDisposeScope();
                    _grad.Floats.Clear();
                    _gradIsZero = false;
                }
                return _grad;
            }
        }

        /// <summary>
        /// Sets the gradient to zero where there is one. Zeros that nobody looks at are not written: the next backward then puts its result here, which saves three passes
        /// over the memory.
        /// </summary>
        internal void ZeroGradient()
        {
            if (_grad is null)
                return;
            if (_grad.OwnsMemoryAlone)
            {
                _grad.Dispose();
                _grad = null;
                _gradIsZero = true;
                return;
            }
            using IDisposable noGrad = no_grad();
            _grad.zero_();
        }

        /// <summary>Adds the gradient of this to every leaf it was computed from.</summary>
        /// <param name="grad_tensors">Gradient of this, of its shape; may be left out for a scalar (1).</param>
        public void backward(IList<Tensor>? grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor>? inputs = null)
        {
            Use("backward");
            if (create_graph)
                throw new NotSupportedException("backward: create_graph is not here: gradients of gradients are not recorded");
            if (inputs is not null)
                throw new NotSupportedException("backward: inputs is not here: the gradient goes to every leaf");
            if (!_requiresGrad)
                throw new InvalidOperationException($"backward: the tensor {Text} does not require grad and has no grad_fn");
            Tensor seed;
            if (grad_tensors is { Count: > 0 })
            {
                seed = grad_tensors[0].Require(ScalarType.Float32, "backward").Share();
                if (!Shape.Same(seed._sizes, _sizes))
                    throw new ArgumentException($"backward: the gradient is {seed.Text}, the tensor {Text}");
            }
            else
            {
                if (Count != 1)
                    throw new InvalidOperationException($"backward: the tensor is {Text}: without a gradient only a scalar can be the start");
                seed = Empty(ScalarType.Float32, _sizes);
                seed.Floats[0] = 1;
            }
            Engine.Run(GradientEdge(), seed, retain_graph);
        }

        /// <summary>The same memory without history.</summary>
        public Tensor detach()
        {
            Tensor y = Share();
            y._historyVersion = _storage.HistoryVersion;
            return y;
        }

        public Tensor detach_()
        {
            Use("detach_");
            _gradFn = null;
            _leaf = null;
            _requiresGrad = false;
            return this;
        }

        /// <summary>Whether an operation on this has to be recorded. A view whose memory was since given another history is refused.</summary>
        internal bool Recorded
        {
            get
            {
                if (_historyVersion != _storage.HistoryVersion)
                    throw new InvalidOperationException($"autograd: the memory of the view {Text} was changed in place by a recorded operation after the view was made; make the view again");
                return _requiresGrad;
            }
        }

        /// <summary>Whether nobody else sees the memory, so that a gradient may be added in it.</summary>
        internal bool OwnsMemoryAlone => !_storage.IsShared && _contiguous;

        internal Edge GradientEdge() => !_requiresGrad ? default
            : _gradFn is not null ? new Edge(_gradFn, _output)
            : new Edge(_leaf ??= new LeafNode(this), 0);

        /// <summary>Says that output <paramref name="output"/> of the node is this tensor.</summary>
        internal Tensor SetHistory(Node node, int output = 0)
        {
            _gradFn = node;
            _output = output;
            _requiresGrad = true;
            return this;
        }

        /// <summary>Counts a change of the memory.</summary>
        internal void MarkChanged() => _storage.MarkChanged();

        /// <summary>After a recorded change in place: this has the result's history, and views made before it are stale.</summary>
        internal void TakeHistory(Tensor result, string operation)
        {
            if (_requiresGrad && _gradFn is null)
                throw new InvalidOperationException($"{operation}: {Text} is a leaf that requires grad and cannot be changed in place; use torch.no_grad()");
            if (_isView)
                throw new InvalidOperationException($"{operation}: {Text} is a view; a change in place that gradients flow through is only recorded for whole tensors. Use cat, stack, where or scatter");
            _gradFn = result._gradFn;
            _output = result._output;
            _requiresGrad = result._requiresGrad;
            _historyVersion = ++_storage.HistoryVersion;
        }

        internal void AccumulateGradient(Tensor gradient)
        {
            _gradIsZero = false;
            if (_grad is not null)
            {
                Bridge.Torch.Ops.Arithmetic.AddInto(_grad, gradient);
                gradient.Dispose();
            }
            else if (gradient.OwnsMemoryAlone)
                _grad = gradient;
            else
            {
                _grad = Bridge.Torch.Ops.Copying.Contiguous(gradient).DetachFromDisposeScope();
                gradient.Dispose();
            }
        }

        /// <summary>The object of a disposed tensor once more, over memory that somebody kept; takes over one use.</summary>
        internal Tensor Revive(Storage storage) => new(storage, _offset, _sizes, _strides);

        private void SetRequiresGrad(bool value)
        {
            if (Use("requires_grad_").Type != ScalarType.Float32 && value)
                throw new InvalidOperationException($"requires_grad_: {Text} is {dtype}; only Float32 has gradients");
            if (_gradFn is not null && !value)
                throw new InvalidOperationException($"requires_grad_: {Text} is not a leaf; use detach()");
            _requiresGrad = value;
        }
    }
}
