using System.Numerics;
using System.Numerics.Tensors;
using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>A loss of input and target, number by number.</summary>
internal interface ILoss
{
    string Name { get; }

    /// <summary>The loss of each pair.</summary>
    Vector<float> Value(Vector<float> x, Vector<float> target);

    /// <summary>Its slope in x; that in the target is the opposite.</summary>
    Vector<float> Slope(Vector<float> x, Vector<float> target);
}

/// <summary>Losses of the difference of two tensors of one shape: squared, absolute, smooth.</summary>
internal static class Losses
{
    public static torch.Tensor Apply<TLoss>(torch.Tensor x, torch.Tensor target, torch.nn.Reduction reduction, TLoss loss) where TLoss : struct, ILoss
    {
        Check(x, target, loss.Name);
        using torch.Tensor? denseX = x.Contiguous ? null : Copying.Contiguous(x), denseTarget = target.Contiguous ? null : Copying.Contiguous(target);
        ReadOnlySpan<float> from = (denseX ?? x).Floats, to = (denseTarget ?? target).Floats;
        torch.Tensor each = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        Map.Run(from, to, each.Floats, new Values<TLoss>(loss));
        torch.Tensor y = Reduce(each, reduction, x.Count);
        return Elementwise.Recorded(x, target) ? y.SetHistory(new LossNode<TLoss>(x, target, reduction, loss)) : y;
    }

    /// <summary>Refuses what broadcasting would quietly blow up.</summary>
    public static void Check(torch.Tensor x, torch.Tensor target, string operation)
    {
        x.Require(torch.ScalarType.Float32, operation);
        target.Require(torch.ScalarType.Float32, operation);
        if (!Shape.Same(x.Sizes, target.Sizes))
            throw new ArgumentException($"{operation}: the input is {x.Text}, the target {target.Text}");
    }

    /// <summary>The losses as they are, their sum, or their sum over <paramref name="count"/>. Takes over the tensor of losses.</summary>
    public static torch.Tensor Reduce(torch.Tensor each, torch.nn.Reduction reduction, double count)
    {
        if (reduction == torch.nn.Reduction.None)
            return each;
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, Shape.Scalar);
        float sum = Sums.Sum(each.Floats);
        y.Floats[0] = reduction == torch.nn.Reduction.Mean ? (float)(sum / count) : sum;
        each.Dispose();
        return y;
    }

    private readonly struct Values<TLoss>(TLoss loss) : IMap2 where TLoss : struct, ILoss
    {
        public Vector<float> Of(Vector<float> a, Vector<float> b) => loss.Value(a, b);
    }

    private readonly struct Slopes<TLoss>(TLoss loss, float scale) : IMap2 where TLoss : struct, ILoss
    {
        public Vector<float> Of(Vector<float> a, Vector<float> b) => loss.Slope(a, b) * scale;
    }

    private sealed class LossNode<TLoss>(torch.Tensor x, torch.Tensor target, torch.nn.Reduction reduction, TLoss loss) : Node(loss.Name, x, target) where TLoss : struct, ILoss
    {
        private SavedTensor _x = new(x, loss.Name), _target = new(target, loss.Name);

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name).Dense(), target = _target.Get(Name).Dense();
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
            float scale = reduction == torch.nn.Reduction.None ? 1 : gradient.Raw<float>(Name)[0] / (reduction == torch.nn.Reduction.Mean ? x.Count : 1);
            Map.Run(x.Floats, target.Floats, dx.Floats, new Slopes<TLoss>(loss, scale));
            if (reduction == torch.nn.Reduction.None)
                TensorPrimitives.Multiply(dx.Floats, gradient.Dense().Floats, dx.Floats);
            if (Wants(1))
                Send(1, Arithmetic.Mul(dx, -1f));
            Send(0, dx);
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _target.Release();
        }
    }
}

/// <summary>(x - t)².</summary>
internal readonly struct SquaredLoss : ILoss
{
    public string Name => "mse_loss";
    public Vector<float> Value(Vector<float> x, Vector<float> target) => (x - target) * (x - target);
    public Vector<float> Slope(Vector<float> x, Vector<float> target) => (x - target) * 2f;
}

/// <summary>|x - t|; slope 0 where they are equal.</summary>
internal readonly struct AbsoluteLoss : ILoss
{
    public string Name => "l1_loss";
    public Vector<float> Value(Vector<float> x, Vector<float> target) => Vector.Abs(x - target);

    public Vector<float> Slope(Vector<float> x, Vector<float> target) => Vector.ConditionalSelect(Vector.GreaterThan(x, target), Vector<float>.One,
        Vector.ConditionalSelect(Vector.LessThan(x, target), -Vector<float>.One, Vector<float>.Zero));
}

/// <summary>d² / 2 beta where d = |x - t| is under beta, else d - beta / 2 (Girshick 2015), times a factor.</summary>
internal readonly struct SmoothLoss(string name, float beta, float factor) : ILoss
{
    public string Name => name;

    public Vector<float> Value(Vector<float> x, Vector<float> target)
    {
        Vector<float> d = Vector.Abs(x - target), limit = new(beta);
        return Vector.ConditionalSelect(Vector.LessThan(d, limit), d * d * (0.5f / beta), d - limit * 0.5f) * factor;
    }

    public Vector<float> Slope(Vector<float> x, Vector<float> target)
    {
        Vector<float> d = x - target;
        return Vector.Max(Vector.Min(d * (1 / beta), Vector<float>.One), -Vector<float>.One) * factor;
    }
}
