namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>The same error everywhere, whatever was read: with it the planner makes a fixed path, which shows what of an adaptive path's gain comes from looking at the values.</summary>
public sealed class EvenErrors : IErrorModel
{
    private const float ReachPx = 8;

    public void Expect(ReadOnlySpan<float> features, Span<float> amplitude, Span<float> reachSquared)
    {
        amplitude.Fill(1);
        reachSquared.Fill(ReachPx * ReachPx);
    }
}
