namespace Bridge.Agents.Alignment.Simulation;

/// <summary>How the beams of <see cref="DiffractionAlignment"/> differ from each other.</summary>
public sealed record DiffractionAlignmentSettings
{
    /// <summary>Edge of the picture in px; 1040 as in the published environment (facts/alignment.md).</summary>
    public double CameraPx { get; init; } = 1040;

    /// <summary>Displacement for one unit of shift at scale 1, in px: about that of the published environment at step 100.</summary>
    public double PxPerUnit { get; init; } = 40;

    public double LeastScale { get; init; } = 0.25;

    public double MostScale { get; init; } = 4;

    /// <summary>Shear, -this to this.</summary>
    public double MostShear { get; init; } = 0.2;

    /// <summary>Half of the responses have one axis flipped.</summary>
    public bool Flips { get; init; } = true;

    /// <summary>Standard deviation of a measured coordinate in px.</summary>
    public double NoisePx { get; init; } = 0.2;

    /// <summary>Standard deviation of a displacement, as a share of its larger component; 0.001 as published.</summary>
    public double ResponseNoise { get; init; } = 0.001;

    /// <summary>The beam starts within this share of the picture's half edge.</summary>
    public double StartWithin { get; init; } = 0.8;

    /// <summary>The goal lies within this share of it.</summary>
    public double GoalWithin { get; init; } = 0.2;

    public BeamFault Fault { get; init; }
}
