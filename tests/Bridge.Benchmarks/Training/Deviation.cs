namespace Bridge.Benchmarks.Training;

/// <summary>One decision of <c>rate</c> that was taken otherwise once.</summary>
/// <param name="Kind">What was done in its place.</param>
/// <param name="Grid">Number of the grid.</param>
/// <param name="Features">What is known of the decision: (<see cref="DeviationView.Width"/>).</param>
/// <param name="Gain">Good holes at the end of the session more than without it.</param>
internal sealed record Deviation(DeviationKind Kind, int Grid, float[] Features, float Gain);

/// <summary>How a deviation differs from what <c>rate</c> does.</summary>
internal enum DeviationKind
{
    /// <summary>It leaves a patch in which <c>rate</c> goes on.</summary>
    LeaveEarlier,

    /// <summary>It goes on in a patch that <c>rate</c> leaves.</summary>
    StayLonger,

    /// <summary>Both leave, for different patches.</summary>
    GoElsewhere,
}
