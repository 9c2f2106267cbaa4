using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Runs elementwise functions of one tensor. Integers and Booleans become Float32 first.</summary>
internal static class Unary
{
    /// <summary>Elements a block where the work is shared between threads.</summary>
    private const int Block = 16384;

    public static torch.Tensor Apply<TUnary>(torch.Tensor x, TUnary f) where TUnary : struct, IUnary
    {
        torch.Tensor from = x.Use(f.Name).Type == torch.ScalarType.Float32 ? x : Copying.Cast(x, torch.ScalarType.Float32);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        if (from.Contiguous)
            Forward(from, y, f);
        else
        {
            Copying.Into(y, from, f.Name);
            Forward(y, y, f);
        }
        if (Elementwise.Recorded(x))
            y.SetHistory(new UnaryNode<TUnary>(x, y, f));
        if (!ReferenceEquals(from, x))
            from.Dispose();
        return y;
    }

    /// <summary>x = f(x) where nothing is recorded and the memory is contiguous; else through a copy.</summary>
    public static torch.Tensor ApplyInPlace<TUnary>(torch.Tensor x, TUnary f, string operation) where TUnary : struct, IUnary
    {
        if (!InPlace.CanWrite(x, operation))
        {
            using torch.Tensor? before = f.Saves == Saves.Input && Elementwise.Recorded(x) ? x.clone() : null;   // the gradient needs the old values
            return InPlace.Assign(x, Apply(before ?? x, f), operation);
        }
        x.Require(torch.ScalarType.Float32, operation);
        Forward(x, x, f);
        x.MarkChanged();
        return x;
    }

    private static void Forward<TUnary>(torch.Tensor x, torch.Tensor y, TUnary f) where TUnary : struct, IUnary
    {
        if (x.Count < 2 * Block)
            f.Forward(x.Floats, y.Floats);
        else
            Workers.For((x.Count + Block - 1) / Block, new ForwardBlocks<TUnary>(x, y, f), x.Count * 4L);
    }

    /// <summary>dx = gradient · f'(x), from what f saves. The tensors it makes belong to the scope that is open.</summary>
    public static torch.Tensor Slope<TUnary>(TUnary f, torch.Tensor gradient, torch.Tensor? kept) where TUnary : struct, IUnary
    {
        torch.Tensor from = gradient.Dense();
        torch.Tensor? saved = kept?.Dense();
        torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, gradient.Sizes);
        if (dx.Count < 2 * Block)
            f.Backward(from.Floats, saved is null ? default : saved.Floats, dx.Floats);
        else
            Workers.For((dx.Count + Block - 1) / Block, new BackwardBlocks<TUnary>(from, saved, dx, f), dx.Count * 4L);
        return dx;
    }

    private readonly struct ForwardBlocks<TUnary>(torch.Tensor x, torch.Tensor y, TUnary f) : IBlockWork where TUnary : struct, IUnary
    {
        public void Run(int block)
        {
            int start = block * Block, n = Math.Min(Block, x.Count - start);
            f.Forward(x.Floats.Slice(start, n), y.Floats.Slice(start, n));
        }
    }

    private readonly struct BackwardBlocks<TUnary>(torch.Tensor gradient, torch.Tensor? saved, torch.Tensor dx, TUnary f) : IBlockWork where TUnary : struct, IUnary
    {
        public void Run(int block)
        {
            int start = block * Block, n = Math.Min(Block, dx.Count - start);
            f.Backward(gradient.Floats.Slice(start, n), saved is null ? default : saved.Floats.Slice(start, n), dx.Floats.Slice(start, n));
        }
    }

    private sealed class UnaryNode<TUnary> : Node where TUnary : struct, IUnary
    {
        private readonly TUnary _f;
        private SavedTensor _saved;

        public UnaryNode(torch.Tensor x, torch.Tensor y, TUnary f) : base(f.Name, x)
        {
            _f = f;
            if (f.Saves != Saves.Nothing)
                _saved = new SavedTensor(f.Saves == Saves.Input ? x : y, f.Name);
        }

        protected override void Backward(torch.Tensor gradient) => Send(0, Slope(_f, gradient, _f.Saves == Saves.Nothing ? null : _saved.Get(Name)));

        protected override void ReleaseSaved() => _saved.Release();
    }
}
