namespace Bridge.AgentHost.Demo;

/// <summary>How a scan controller falls short.</summary>
public sealed record ScanControllerSettings
{
    /// <summary>Deviation of each position from where it should be, px in each direction, 0 to 100; default 0.</summary>
    public double JitterPx { get; init; }

    /// <summary>Time at one position, µs, above 0; default 10.</summary>
    public double DwellUs { get; init; } = 10;

    /// <summary>Time that the beam needs to settle after a jump, µs, from 0; default 500. A segment that goes on where the last one ended needs none.</summary>
    public double FlybackUs { get; init; } = 500;
}
