using System.Numerics;
using System.Numerics.Tensors;
using Bridge.Torch.Kernels;

namespace Bridge.Torch.Ops;

/// <summary>max(x, 0).</summary>
internal readonly struct Relu : IUnary
{
    public string Name => "relu";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Max(x, 0f, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => Vector.ConditionalSelect(Vector.GreaterThan(s, Vector<float>.Zero), g, Vector<float>.Zero);
    }
}

/// <summary>x where positive, else slope · x.</summary>
internal readonly struct LeakyRelu(float slope) : IUnary
{
    public string Name => "leaky_relu";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        float factor = slope;
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] > 0 ? x[i] : x[i] * factor;
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope(slope));

    private readonly struct Slope(float slope) : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => Vector.ConditionalSelect(Vector.GreaterThan(s, Vector<float>.Zero), g, g * slope);
    }
}

/// <summary>x where positive, else alpha (exp x - 1).</summary>
internal readonly struct Elu(float alpha) : IUnary
{
    public string Name => "elu";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] > 0 ? x[i] : (float)(alpha * NearZero.Expm1(x[i]));
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope(alpha));

    private readonly struct Slope(float alpha) : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => Vector.ConditionalSelect(Vector.GreaterThan(s, Vector<float>.Zero), g, g * (s + new Vector<float>(alpha)));
    }
}

/// <summary>tanh x.</summary>
internal readonly struct Tanh : IUnary
{
    public string Name => "tanh";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TanhKernel.Run(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g * (Vector<float>.One - s * s);
    }
}

/// <summary>1 / (1 + exp -x).</summary>
internal readonly struct Sigmoid : IUnary
{
    public string Name => "sigmoid";

    public Saves Saves => Saves.Output;

    public void Forward(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Sigmoid(x, y);

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx) => Map.Run(gradient, saved, dx, new Slope());

    private readonly struct Slope : IMap2
    {
        public Vector<float> Of(Vector<float> g, Vector<float> s) => g * s * (Vector<float>.One - s);
    }
}

/// <summary>x sigmoid x (Elfwing et al. 2018).</summary>
internal readonly struct Silu : IUnary
{
    public string Name => "silu";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        if (x.Overlaps(y))
        {
            for (int i = 0; i < y.Length; i++)
                y[i] = x[i] / (1 + MathF.Exp(-x[i]));
            return;
        }
        TensorPrimitives.Sigmoid(x, y);
        TensorPrimitives.Multiply(x, y, y);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        TensorPrimitives.Sigmoid(saved, dx);
        for (int i = 0; i < dx.Length; i++)
            dx[i] = gradient[i] * dx[i] * (1 + saved[i] * (1 - dx[i]));
    }
}

/// <summary>x Φ(x), Φ the normal distribution (Hendrycks and Gimpel 2016), not the tanh approximation.</summary>
internal readonly struct Gelu : IUnary
{
    public string Name => "gelu";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = (float)(0.5 * x[i] * (1 + Erf.Of(x[i] * Sqrt1_2)));
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        const double norm = 0.3989422804014327; // 1 / √(2π)
        for (int i = 0; i < dx.Length; i++)
        {
            double x = saved[i];
            dx[i] = (float)(gradient[i] * (0.5 * (1 + Erf.Of(x * Sqrt1_2)) + x * norm * Math.Exp(-0.5 * x * x)));
        }
    }

    private const double Sqrt1_2 = 0.7071067811865476;
}

/// <summary>log(1 + exp(beta x)) / beta, x itself where beta x is over the threshold.</summary>
internal readonly struct Softplus(float beta, float threshold) : IUnary
{
    public string Name => "softplus";

    public Saves Saves => Saves.Input;

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[i] * beta > threshold ? x[i] : Softened(x[i]);
    }

    public void Backward(ReadOnlySpan<float> gradient, ReadOnlySpan<float> saved, Span<float> dx)
    {
        for (int i = 0; i < dx.Length; i++)
            dx[i] = saved[i] * beta > threshold ? gradient[i] : gradient[i] / (1 + MathF.Exp(-beta * saved[i]));
    }

    /// <summary>max(z, 0) + log(1 + exp -|z|): no overflow.</summary>
    private float Softened(float x)
    {
        double z = (double)x * beta;
        return (float)((Math.Max(z, 0) + NearZero.Log1p(Math.Exp(-Math.Abs(z)))) / beta);
    }
}
