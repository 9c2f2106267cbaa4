using System.Globalization;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>Partial scans: a session of its own at the host, beside that of a collection if there is one.</summary>
internal sealed partial class ScriptSession
{
    private readonly record struct ScanChoice(double Coverage, int Positions, int Seed);

    private static readonly BeginScanRequest ScanDefaults = new("-", BeginScanRequest.LeastSize, BeginScanRequest.LeastSize);

    private ScanChoice _scanChoice = new(ScanDefaults.Coverage, ScanDefaults.Positions, ScanDefaults.Seed);
    private (double Min, double Max)? _scanRange;
    private string? _scanPolicy;
    private string? _scan;
    private SegmentReply? _segment;

    public double SetScan(ReadOnlySpan<double> values)
    {
        const string Function = "SetScan";
        _scanChoice = new ScanChoice(
            Check(Function, "coverage", values[0], 0.0001, 0.5),
            CheckWhole(Function, "positions", values[1], 2, BeginScanRequest.MostPositions),
            CheckWhole(Function, "seed", values[2], int.MinValue, int.MaxValue));
        return Success;
    }

    public double SetScanRange(double least, double most)
    {
        const string Function = "SetScanRange";
        Check(Function, "least", least, -ObserveSegmentRequest.Largest, ObserveSegmentRequest.Largest);
        Check(Function, "most", most, -ObserveSegmentRequest.Largest, ObserveSegmentRequest.Largest);
        if (least > most)
            throw Bad(Function, FormattableString.Invariant($"least {least} is more than most {most}; give 0 0 to announce nothing"));
        _scanRange = least == most ? null : (least, most);
        return Success;
    }

    public double SetScanPolicy(string policy) => Done(_scanPolicy = policy == "-" ? null : policy);

    public double BeginScan(double width, double height)
    {
        _envelope.CheckStop();
        var request = new BeginScanRequest(
            _choices.NameFor(SessionKind.Scan),
            CheckWhole("BeginScan", "width", width, BeginScanRequest.LeastSize, BeginScanRequest.MostSize),
            CheckWhole("BeginScan", "height", height, BeginScanRequest.LeastSize, BeginScanRequest.MostSize))
        {
            Coverage = _scanChoice.Coverage,
            Positions = _scanChoice.Positions,
            Seed = _scanChoice.Seed,
            Policy = _scanPolicy,
            ValueMin = _scanRange?.Min,
            ValueMax = _scanRange?.Max,
            ClockMin = _clockMin,
        };
        (_scan, _segment) = (null, null);
        if (_link.Poll(string.Create(CultureInfo.InvariantCulture, $"begin_scan {request}"), request, Deadline) is not ScanBegunReply begun)
            return Pending;
        _scan = request.Session;
        _link.AskVersion();
        log.Write($"scan of {request.Width} x {request.Height}: {begun.Segments} segments of {begun.Positions} positions, policy {begun.Policy}{(begun.Warning is { } warning ? $" ({warning})" : "")}");
        return begun.Segments;
    }

    public double ObserveSegment(string text)
    {
        string session = Scan;
        string[] words = text.Split((char[])[' ', ',', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
        var values = new double[words.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
                throw Bad("ObserveSegment", $"value {i + 1} of {words.Length} is no number: '{(words[i].Length <= 40 ? words[i] : words[i][..40])}'");
        }
        return _link.Poll("observe_segment " + text, new ObserveSegmentRequest(session, values) { ClockMin = _clockMin }, Deadline) is null ? Pending : Success;
    }

    public double NextSegment(ref FunctionCall call)
    {
        string session = Scan;
        _envelope.CheckStop();
        if (_link.Poll("next_segment", new NextSegmentRequest(session) { ClockMin = _clockMin }, Deadline) is not SegmentReply segment)
            return Pending;
        _segment = segment;
        call.Give(segment.X, segment.Y, segment.DirectionRad);
        return (double)segment.Kind;
    }

    /// <exception cref="ContractException">None has begun.</exception>
    private string Scan => _scan ?? throw new ContractException(FaultCode.UnknownSession, "no scan has begun; call BeginScan until it returns more than 0");
}
