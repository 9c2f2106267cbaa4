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

    /// <summary>The picture shows the beam as it was so many frames ago.</summary>
    public int LatencyFrames { get; init; }

    /// <summary>The beam moves by itself, so many px between two frames, in a direction of its own each episode.</summary>
    public double DriftPxPerFrame { get; init; }

    /// <summary>Share of the response that lags after a reversal (<see cref="LensHysteresis"/>); 1 is plain backlash.</summary>
    public double Hysteresis { get; init; }

    /// <summary>The largest lag, in units of shift.</summary>
    public double HysteresisWidth { get; init; } = 1;

    /// <summary>Takes pictures in which the beam must be found; null measures it with <see cref="NoisePx"/>.</summary>
    public BeamCamera? Camera { get; init; }

    public BeamFault Fault { get; init; }

    /// <summary>How well a position is measured, in px: what the disk finder reaches in pictures, or <see cref="NoisePx"/>.</summary>
    public double MeasuringPx => Camera is { } camera ? 0.1 * camera.Binning : NoisePx;
}
