namespace Bridge.Agents.AdaptiveScan;

/// <summary>One straight piece of a scan path.</summary>
/// <param name="X">First position, px.</param>
/// <param name="Y">First position, px; grows downwards.</param>
/// <param name="DirectionRad">From the x axis towards the y axis, -pi to pi.</param>
public readonly record struct ScanSegment(double X, double Y, double DirectionRad);
