using System.Numerics;
using System.Numerics.Tensors;
using Bridge.Torch.Kernels;

namespace Bridge.Torch.Ops;

/// <summary>e to the x.</summary>
internal readonly struct Exp : IUnary
{
    public string Name => "exp";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Exp(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => TensorPrimitives.Multiply(gradient, saved, dx);
}

/// <summary>e to the x, less 1.</summary>
internal readonly struct Expm1 : IUnary
{
    public string Name => "expm1";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = (float)NearZero.Expm1(x[i]);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g * (s + Vector<float>.One);
    }
}

/// <summary>Natural logarithm.</summary>
internal readonly struct Log : IUnary
{
    public string Name => "log";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Log(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => TensorPrimitives.Divide(gradient, saved, dx);
}

/// <summary>log(1 + x).</summary>
internal readonly struct Log1p : IUnary
{
    public string Name => "log1p";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = (float)NearZero.Log1p(x[i]);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g / (s + Vector<float>.One);
    }
}

/// <summary>√x.</summary>
internal readonly struct Sqrt : IUnary
{
    public string Name => "sqrt";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Sqrt(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g / (s + s);
    }
}

/// <summary>1 / √x.</summary>
internal readonly struct Rsqrt : IUnary
{
    public string Name => "rsqrt";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = 1 / MathF.Sqrt(x[i]);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g * s * s * s * new Vector<float>(-0.5f);
    }
}

/// <summary>x².</summary>
internal readonly struct Square : IUnary
{
    public string Name => "square";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Multiply(x, x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g * (s + s);
    }
}

/// <summary>x to a fixed power.</summary>
internal readonly struct PowScalar(float exponent) : IUnary
{
    public string Name => "pow";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        if (exponent == 2)
            TensorPrimitives.Multiply(x, x, y);
        else
            PowerKernel.Run(x, exponent, y);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        if (exponent == 0)
            dx.Clear();
        else
            for (int i = 0; i < dx.Length; i++)
                dx[i] = gradient[i] * exponent * MathF.Pow(saved[i], exponent - 1);
    }
}

/// <summary>The error function.</summary>
internal readonly struct ErfOf : IUnary
{
    public string Name => "erf";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = (float)Erf.Of(x[i]);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        const double norm = 1.1283791670955126; // 2 / √π
        for (int i = 0; i < dx.Length; i++)
            dx[i] = (float)(gradient[i] * norm * Math.Exp(-(double)saved[i] * saved[i]));
    }
}

/// <summary>1 / x.</summary>
internal readonly struct Reciprocal : IUnary
{
    public string Name => "reciprocal";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = 1 / x[i];
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => -g * s * s;
    }
}
