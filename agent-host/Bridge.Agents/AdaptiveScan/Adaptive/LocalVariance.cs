namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>An error model without learning: errors are as the variance of what was read near the cell, and reach is fixed. What the learned one begins with.</summary>
public sealed class LocalVariance : IErrorModel
{
    private const float ReachPx = 8, Floor = 0.03f;

    public void Expect(ReadOnlySpan<float> features, Span<float> amplitude, Span<float> reachSquared)
    {
        for (int i = 0; i < amplitude.Length; i++)
            amplitude[i] = MathF.Exp(3 * features[i]) + Floor;
        reachSquared.Fill(ReachPx * ReachPx);
    }
}
