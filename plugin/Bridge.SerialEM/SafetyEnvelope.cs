using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>How far the script may go by itself.</summary>
public enum MoveMode
{
    /// <summary>Suggestions are shown; nobody may move on them.</summary>
    Advise = 1,

    /// <summary>A move is allowed once the operator has confirmed it.</summary>
    Confirm = 2,

    /// <summary>A move within the limits is allowed.</summary>
    Auto = 3,
}

/// <summary>What is allowed: limits that the script or the operator has set. What lies outside is refused with the reason, never clipped.</summary>
internal sealed class SafetyEnvelope(string dataFolder)
{
    private readonly string _stopFile = Path.Combine(dataFolder, "STOP");
    private bool _stopped;

    /// <summary>Where the stage may be sent; null as long as nobody has set anything.</summary>
    public AllowedArea? Allowed { get; private set; }

    public MoveMode Mode { get; set; } = MoveMode.Advise;

    /// <summary>Longest image shift in µm.</summary>
    public double ImageShiftLimitUm { get; set; }

    public void SetStage(double minX, double maxX, double minY, double maxY)
        => Allowed = (Allowed ?? AllowedArea.Everywhere) with { MinX = minX, MaxX = maxX, MinY = minY, MaxY = maxY };

    /// <param name="names">The squares that are allowed; null for all.</param>
    public void SetSquares(IEnumerable<string>? names)
        => Allowed = (Allowed ?? AllowedArea.Everywhere) with { Squares = names?.ToHashSet(StringComparer.Ordinal) };

    public void Stop() => _stopped = true;

    /// <exception cref="ContractException">The STOP file is there.</exception>
    public void Resume()
    {
        _stopped = false;
        CheckStop();
    }

    /// <exception cref="ContractException">Somebody said stop.</exception>
    public void CheckStop()
    {
        if (_stopped)
            throw new ContractException(FaultCode.Stopped, "Stop was called; call Resume to go on");
        if (File.Exists(_stopFile))
            throw new ContractException(FaultCode.Stopped, $"there is a file {_stopFile}; delete it to go on");
    }

    /// <summary>Why a target is not allowed, or null if it is.</summary>
    public string? RefusalOf(Target target) => Allowed?.RefusalOf(target.Stage, target.Square) is { } why ? $"item {target.Item}: {why}" : null;

    /// <summary>Why a stage position is not allowed, or null if it is.</summary>
    public string? RefusalOf(double x, double y) => Allowed?.RefusalOf(new StageUm(x, y, 0));
}
