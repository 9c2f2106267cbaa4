using System.Numerics;
using System.Numerics.Tensors;
using Bridge.Torch.Kernels;

namespace Bridge.Torch.Ops;

/// <summary>sin x.</summary>
internal readonly struct Sin : IUnary
{
    public string Name => "sin";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Sin(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        TensorPrimitives.Cos(saved, dx);
        TensorPrimitives.Multiply(gradient, dx, dx);
    }
}

/// <summary>cos x.</summary>
internal readonly struct Cos : IUnary
{
    public string Name => "cos";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Cos(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        TensorPrimitives.Sin(saved, dx);
        TensorPrimitives.Multiply(gradient, dx, dx);
        TensorPrimitives.Negate(dx, dx);
    }
}

/// <summary>arctan x.</summary>
internal readonly struct Atan : IUnary
{
    public string Name => "atan";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Atan(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g / (Vector<float>.One + s * s);
    }
}
