namespace Bridge.Agents.Alignment;

/// <summary>What an alignment is to reach, and what it may do. Positions in px (or what the beam is measured in), shifts in the deflector's unit.</summary>
/// <param name="Goal">Where the beam shall be.</param>
/// <param name="MaxShift">Longest shift from the starting value.</param>
public sealed record AlignmentSettings(Xy Goal, double MaxShift)
{
    /// <summary>Aligned within this distance, in px.</summary>
    public double Tolerance { get; init; } = 1;

    /// <summary>Shifts after which it is given up.</summary>
    public int MaxSteps { get; init; } = 30;

    /// <summary>Longest change of the shift in one step.</summary>
    public double MaxStep { get; init; } = MaxShift / 4;

    /// <summary>First shift, to see how the beam reacts.</summary>
    public double FirstShift { get; init; } = MaxShift / 20;
}
