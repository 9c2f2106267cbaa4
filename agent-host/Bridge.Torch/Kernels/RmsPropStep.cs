namespace Bridge.Torch.Kernels;

/// <summary>One step of RMSprop over a parameter: s = α·s + (1-α)·g², w -= rate·g / (√(s - mean²) + eps), through a velocity where there is momentum.</summary>
/// <param name="Fresh">1 - α.</param>
/// <param name="Decay">Times the weight, added to the gradient.</param>
/// <param name="Sign">-1 to climb.</param>
internal readonly record struct RmsPropStep(float Rate, float Alpha, float Fresh, float Eps, float Decay, float Momentum, float Sign)
{
    /// <param name="w">Changed; the others are as long.</param>
    /// <param name="squares">Running mean of g².</param>
    /// <param name="means">Running mean of g (centred), or empty.</param>
    /// <param name="velocity">Or empty.</param>
    public void Run(Span<float> w, ReadOnlySpan<float> g, Span<float> squares, Span<float> means, Span<float> velocity)
    {
        for (int i = 0; i < w.Length; i++)
        {
            float gi = g[i] * Sign + w[i] * Decay;
            float variance = squares[i] = Denormal.Flushed(squares[i] * Alpha + gi * gi * Fresh);
            if (means.Length > 0)
            {
                means[i] = Denormal.Flushed(means[i] * Alpha + gi * Fresh);
                variance = MathF.Max(0, variance - means[i] * means[i]);   // never below 0 but for rounding
            }
            float step = gi / (MathF.Sqrt(variance) + Eps);
            if (velocity.Length > 0)
                step = velocity[i] = Denormal.Flushed(velocity[i] * Momentum + step);
            w[i] -= step * Rate;
        }
    }
}
