using System.Numerics;
using System.Numerics.Tensors;
using Bridge.Torch.Kernels;

namespace Bridge.Torch.Ops;

/// <summary>x + c.</summary>
internal readonly struct AddScalar(float c) : IUnary
{
    public string Name => "add";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Add(x, c, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => gradient.CopyTo(dx);
}

/// <summary>c x.</summary>
internal readonly struct MulScalar(float c) : IUnary
{
    public string Name => "mul";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Multiply(x, c, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => TensorPrimitives.Multiply(gradient, c, dx);
}

/// <summary>x / c.</summary>
internal readonly struct DivScalar(float c) : IUnary
{
    public string Name => "div";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Divide(x, c, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => TensorPrimitives.Divide(gradient, c, dx);
}

/// <summary>c - x.</summary>
internal readonly struct SubtractFrom(float c) : IUnary
{
    public string Name => "sub";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Subtract(c, x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => TensorPrimitives.Negate(gradient, dx);
}

/// <summary>c / x.</summary>
internal readonly struct DivideInto(float c) : IUnary
{
    public string Name => "div";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Divide(c, x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope(c));

    private readonly struct Slope(float c) : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => -g * new Vector<float>(c) / (s * s);
    }
}
