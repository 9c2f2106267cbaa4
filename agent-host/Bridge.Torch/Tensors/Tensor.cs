using System.Runtime.CompilerServices;
using Bridge.Torch.Autograd;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Numbers in an n-dimensional array, row-major unless it is a view: Float32, Int64 or Bool.
    /// Views share memory with what they were made from. Dispose gives the memory back; use after that throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private Storage _storage;
        private readonly int _offset;
        private readonly long[] _sizes;
        private long[]? _strides; // null where contiguous and not asked for
        private readonly bool _contiguous;
        private bool _disposed;
        private bool _isView;

        /// <summary>Takes over one use of the storage. <paramref name="strides"/> null: contiguous.</summary>
        internal Tensor(Storage storage, int offset, long[] sizes, long[]? strides)
        {
            if (sizes.Length > Shape.MaxRank)
                throw new ArgumentException($"tensor: {Shape.Text(sizes)} has more than {Shape.MaxRank} dimensions");
            _storage = storage;
            _offset = offset;
            _sizes = sizes;
            _contiguous = strides is null || Shape.IsContiguous(sizes, strides);
            _strides = strides;
            _historyVersion = storage.HistoryVersion;
            int n = 1;
            foreach (long size in sizes)
                n *= (int)size;
            Count = n;
            PerThread.Scope?.Add(this);
        }

        /// <summary>The same memory seen as another tensor object (the constructor for nn.Parameter); nothing of its history.</summary>
        protected internal Tensor(Tensor other) : this(other.Use("Tensor"), other._offset, other._sizes, other._strides) => _storage.AddUser();

        /// <summary>A contiguous tensor with unknown contents.</summary>
        internal static Tensor Empty(ScalarType type, long[] sizes, string operation = "empty") =>
            new(Storage.Rent(type, Shape.Count(sizes, operation)), 0, sizes, null);

        /// <summary>Another view of this tensor's memory, without history.</summary>
        internal Tensor View(int offset, long[] sizes, long[]? strides, string operation)
        {
            Storage storage = Use(operation);
            storage.AddUser();
            return new Tensor(storage, offset, sizes, strides) { _historyVersion = _historyVersion, _isView = true };
        }

        /// <summary>The same memory, shape and strides, without history.</summary>
        internal Tensor Share() => View(_offset, _sizes, _strides, "alias");

        internal DisposeScope? OwningScope;
        internal int ScopeIndex;

        /// <summary>Sizes, not to be changed.</summary>
        internal long[] Sizes => _sizes;

        internal long[] Strides => _strides ??= Shape.Strides(_sizes);

        internal int Offset => _offset;

        /// <summary>Elements.</summary>
        internal int Count { get; }

        internal int Rank => _sizes.Length;

        internal bool Contiguous => _contiguous;

        internal string Text => Shape.Text(_sizes);

        /// <summary>The memory, for <paramref name="operation"/>; throws where this was disposed.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Storage Use(string operation)
        {
            if (_disposed)
                ThrowDisposed(operation);
            return _storage;
        }

        private void ThrowDisposed(string operation) =>
            throw new ObjectDisposedException($"{operation}: the tensor {Text} was disposed", (Exception?)null);

        /// <summary>The elements of a contiguous tensor, in order.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Span<T> Span<T>(string operation) where T : unmanaged
        {
            Storage storage = Use(operation);
            if (!_contiguous)
                throw new InvalidOperationException($"{operation}: {Text} is not contiguous");
            return Count == 0 ? [] : new Span<T>(storage.Array<T>(), _offset, Count);   // an empty view may begin behind the end
        }

        /// <summary>The elements of a contiguous Float32 tensor.</summary>
        internal Span<float> Floats => Span<float>("data");

        /// <summary>The elements of a contiguous Int64 tensor.</summary>
        internal Span<long> Longs => Span<long>("data");

        /// <summary>The elements of a contiguous Bool tensor.</summary>
        internal Span<bool> Bools => Span<bool>("data");

        /// <summary>The array from the first element of a view on, for strided walks.</summary>
        internal Span<T> Raw<T>(string operation) where T : unmanaged => Use(operation).Array<T>().AsSpan(Count == 0 ? 0 : _offset);

        /// <summary>This, or a contiguous copy of it without history, which the caller disposes where it is not this.</summary>
        internal Tensor Dense() => _contiguous ? this : Bridge.Torch.Ops.Copying.Contiguous(this);

        /// <summary>Refuses another element type by name.</summary>
        internal Tensor Require(ScalarType type, string operation)
        {
            if (Use(operation).Type != type)
                throw new ArgumentException($"{operation}: {Text} is {dtype}, not {type}");
            return this;
        }

        public bool IsInvalid => _disposed;

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            OwningScope?.Remove(this);
            _storage.RemoveUser();
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            OwningScope?.Remove(this);
            other?.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Remove(this);
            return this;
        }
    }

    /// <summary>Opens a scope: the tensors made on this thread until it is disposed are disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => PerThread.OpenScope();
}
