using System.Numerics;
using System.Numerics.Tensors;
using Bridge.Torch.Kernels;

namespace Bridge.Torch.Ops;

/// <summary>-x.</summary>
internal readonly struct Neg : IUnary
{
    public string Name => "neg";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Negate(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => TensorPrimitives.Negate(gradient, dx);
}

/// <summary>|x|; slope 0 at 0.</summary>
internal readonly struct Abs : IUnary
{
    public string Name => "abs";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Abs(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => Vector.ConditionalSelect(Vector.GreaterThan(s, Vector<float>.Zero), g, Vector.ConditionalSelect(Vector.LessThan(s, Vector<float>.Zero), -g, Vector<float>.Zero));
    }
}

/// <summary>-1, 0 or 1. Its slope counts as 0.</summary>
internal readonly struct Sign : IUnary
{
    public string Name => "sign";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : 0;
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => dx.Clear();
}

/// <summary>The next whole number below. Its slope counts as 0.</summary>
internal readonly struct Floor : IUnary
{
    public string Name => "floor";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Floor(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => dx.Clear();
}

/// <summary>The next whole number above. Its slope counts as 0.</summary>
internal readonly struct Ceil : IUnary
{
    public string Name => "ceil";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Ceiling(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => dx.Clear();
}

/// <summary>The nearest whole number, halves to the even one. Its slope counts as 0.</summary>
internal readonly struct Round : IUnary
{
    public string Name => "round";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Round(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => dx.Clear();
}

/// <summary>The next whole number towards 0. Its slope counts as 0.</summary>
internal readonly struct Trunc : IUnary
{
    public string Name => "trunc";

    public Saves Saves => Saves.Nothing;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Truncate(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => dx.Clear();
}

/// <summary>x held between two limits; slope 1 inside, the limits included.</summary>
internal readonly struct Clamp(float low, float high) : IUnary
{
    public string Name => "clamp";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Max(x, low, y);
        TensorPrimitives.Min(y, high, y);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope(low, high));

    private readonly struct Slope(float low, float high) : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => Vector.ConditionalSelect(Vector.GreaterThanOrEqual(s, new Vector<float>(low)) & Vector.LessThanOrEqual(s, new Vector<float>(high)), g, Vector<float>.Zero);
    }
}
