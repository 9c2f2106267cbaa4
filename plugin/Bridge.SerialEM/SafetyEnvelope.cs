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
    private (double MinX, double MaxX, double MinY, double MaxY)? _stage;
    private HashSet<string>? _squares;
    private bool _stopped;

    public MoveMode Mode { get; set; } = MoveMode.Advise;

    /// <summary>Longest image shift in µm.</summary>
    public double ImageShiftLimitUm { get; set; }

    public void SetStage(double minX, double maxX, double minY, double maxY) => _stage = (minX, maxX, minY, maxY);

    /// <param name="names">The squares that are allowed; null for all.</param>
    public void SetSquares(IEnumerable<string>? names) => _squares = names is null ? null : [.. names];

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
    public string? RefusalOf(Target target)
    {
        if (RefusalOf(target.Stage.X, target.Stage.Y) is { } why)
            return $"item {target.Item}: {why}";
        if (_squares is not null && !_squares.Contains(target.Square))
            return target.Square.Length == 0
                ? $"item {target.Item}: its square is not known, and only some squares are allowed"
                : $"item {target.Item}: square '{target.Square}' is not among the allowed ones";
        return null;
    }

    /// <summary>Why a stage position is not allowed, or null if it is.</summary>
    public string? RefusalOf(double x, double y)
        => _stage is not { } limits || (x >= limits.MinX && x <= limits.MaxX && y >= limits.MinY && y <= limits.MaxY)
            ? null
            : FormattableString.Invariant($"stage {x:0.###}, {y:0.###} um is outside the limits X {limits.MinX:0.###} to {limits.MaxX:0.###}, Y {limits.MinY:0.###} to {limits.MaxY:0.###} um");
}
