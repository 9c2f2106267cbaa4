using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>A session that leads partial scans: each <c>begin_scan</c> forgets what was before. Images follow from the journal, so they are no part of it.</summary>
public sealed class ScanCore : ISessionCore
{
    private readonly HostScans _scans;
    private BeginScanRequest _request;
    private SegmentedScan _scan;
    private ScanOutput _output;
    private string? _warning;
    private int _files;

    /// <exception cref="ContractException">Unknown policy, or a scan that cannot be.</exception>
    public ScanCore(BeginScanRequest opening, HostScans? scans = null)
    {
        (_scans, _request, Session) = (scans ?? HostScans.WithoutModel, opening, opening.Session);
        (_scan, _warning) = _scans.Create(opening, opening.Policy);
        _output = new ScanOutput(_scan.Scan, _scans, null);
    }

    public string Session { get; }

    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"scan of {Geometry.Width} x {Geometry.Height}, policy {_scan.PolicyName}, {_scan.Scan.Segments.Count} of {Geometry.Segments} segments of {Geometry.Positions} positions{(_warning is null ? "" : $" ({_warning})")}");

    private ScanGeometry Geometry => _scan.Scan.Geometry;

    public Reply Decide(SessionRequest request, double atMin, long seq)
    {
        switch (request)
        {
            case BeginScanRequest begin:
                // What was interrupted is kept as a partial image.
                _output.Write();
                (SegmentedScan scan, string? warning) = seq == 1 ? (_scan, _warning) : _scans.Create(begin, begin.Policy);
                return new ScanBegunReply(Session, scan.PolicyName, scan.Scan.Geometry.Segments, scan.Scan.Geometry.Positions) { File = NextFile(), Warning = warning };
            case ObserveSegmentRequest observed:
                _scan.CheckValues(observed.Values);
                CheckRange(observed.Values);
                return new AckReply(seq);
            case NextSegmentRequest:
                return Next();
            case GetScanImageRequest image:
                return _output.ToReply(Session, image.Row);
            case ExplainRequest { About: "last" or "session" }:
                return new ExplanationReply($"session '{Session}', {Summary}{(_output.File is { } file ? $"; image: {file}" : "")}");
            case ExplainRequest explain:
                throw new ContractException(FaultCode.BadField, $"explain: 'about' must be last or session in a scan, got '{explain.About}'");
            case CloseSessionRequest:
                _output.Write();
                return new SessionClosedReply(seq);
            default:
                throw SessionCores.WrongKind(Session, "a scan", request);
        }
    }

    public void Apply(SessionRequest request, Reply reply, double atMin)
    {
        switch (request)
        {
            case BeginScanRequest begin:
                Begin(begin, reply as ScanBegunReply);
                break;
            case ObserveSegmentRequest observed:
                _scan.Observe(observed.Values);
                break;
            case NextSegmentRequest when reply is SegmentReply segment:
                // What was answered counts, also if a newer version would answer something else.
                _scan.Accept(segment.Kind == SegmentKind.Done ? null : new ScanSegment(segment.X, segment.Y, segment.DirectionRad));
                break;
        }
    }

    public void WarmUp() => _scans.WarmUp();

    public bool BeginsAnew(Request request) => request is BeginScanRequest;

    private void Begin(BeginScanRequest begin, ScanBegunReply? answered)
    {
        // The policy that was in charge then, whatever came with the program since.
        (_scan, _warning) = _scans.Create(begin, answered?.Policy ?? begin.Policy);
        (_request, _output) = (begin, new ScanOutput(_scan.Scan, _scans, answered?.File));
    }

    private SegmentReply Next()
    {
        int number = _scan.Scan.Segments.Count;
        if (_scan.Next() is { } segment)
        {
            return new SegmentReply(SegmentKind.GoOn, $"segment {number + 1} of {Geometry.Segments}")
            {
                Number = number + 1,
                X = segment.X,
                Y = segment.Y,
                DirectionRad = segment.DirectionRad,
                Ahead = _scan.Ahead() is { } ahead ? (ahead.X, ahead.Y, ahead.DirectionRad) : null,
            };
        }
        string? failure = _output.Write();
        string image = failure ?? (_output.File is { } file ? $"the image is {file}" : "the host writes no files; ask for the image");
        return new SegmentReply(SegmentKind.Done, $"all {number} segments are scanned; {image}") { Number = number, File = _output.File };
    }

    private void CheckRange(IReadOnlyList<double> values)
    {
        if (_request is not { ValueMin: { } min, ValueMax: { } max })
            return;
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] < min || values[i] > max)
                throw new ContractException(FaultCode.BadField, string.Create(CultureInfo.InvariantCulture,
                    $"observe_segment: value {i + 1} of {values.Count} is {values[i]}, outside the announced range {min} to {max}; scan the segment again, or begin the scan without a range"));
        }
    }

    /// <summary>A file that is not there yet.</summary>
    private string? NextFile()
    {
        if (_scans.Folder is not { } folder)
            return null;
        string path;
        do
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"scan-{Session}-{++_files}.mrc"));
        while (File.Exists(path));
        return path;
    }
}
