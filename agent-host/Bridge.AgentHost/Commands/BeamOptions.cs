using System.CommandLine;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;

namespace Bridge.AgentHost.Commands;

/// <summary>Options of the truthful environment: what may be wrong with a microscope, and how its beam is measured. All are off unless asked for.</summary>
internal sealed class BeamOptions
{
    private const string Centroid = "centroid", Pictures = "pictures";

    private readonly Option<int> _latency = new("--latency") { Description = "Frames by which a picture is late, 0 to 10." };
    private readonly Option<double> _drift = new("--drift") { Description = "Px that the beam moves by itself between two frames, 0 to 100." };
    private readonly Option<double> _hysteresis = new("--hysteresis") { Description = "Share of the shift that lags after a reversal, 0 to 1." };
    private readonly Option<double> _width = new("--hysteresis-width") { Description = "Its largest lag, in units of shift.", DefaultValueFactory = _ => new DiffractionAlignmentSettings().HysteresisWidth };
    private readonly Option<string> _measure = new("--measure") { Description = $"{Centroid}: the true position and --noise; {Pictures}: the host's disk finder in a simulated camera picture.", DefaultValueFactory = _ => Centroid };
    private readonly Option<int> _binning = new("--binning") { Description = "Of the pictures: 1, 2 or 4.", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _stop = new("--beam-stop") { Description = "Width in px of a beam stop in the pictures, from the right to the middle." };

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_latency, _drift, _hysteresis, _width, _measure, _binning, _stop])
            command.Add(option);
    }

    /// <exception cref="ContractException">A value is out of range.</exception>
    public DiffractionAlignmentSettings Apply(ParseResult parsed, DiffractionAlignmentSettings usual)
    {
        string measure = parsed.GetValue(_measure)!;
        if (measure is not (Centroid or Pictures))
            throw new ContractException(FaultCode.BadField, $"--measure must be {Centroid} or {Pictures}, got '{measure}'");
        int binning = parsed.GetValue(_binning);
        if (binning is not (1 or 2 or 4))
            throw new ContractException(FaultCode.BadField, $"--binning must be 1, 2 or 4, got {binning}");
        double stop = CommonOptions.InRange("--beam-stop", parsed.GetValue(_stop), 0, 1000);
        return usual with
        {
            LatencyFrames = CommonOptions.InRange("--latency", parsed.GetValue(_latency), 0, 10),
            DriftPxPerFrame = CommonOptions.InRange("--drift", parsed.GetValue(_drift), 0, 100),
            Hysteresis = CommonOptions.InRange("--hysteresis", parsed.GetValue(_hysteresis), 0, 1),
            HysteresisWidth = CommonOptions.InRange("--hysteresis-width", parsed.GetValue(_width), 0, 1000),
            Camera = measure == Pictures ? new BeamCamera { Binning = binning, StopPx = stop } : null,
        };
    }
}
