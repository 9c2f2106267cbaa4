using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>A session that leads partial scans: each <c>begin_scan</c> forgets what was before.</summary>
public sealed class ScanCore : ISessionCore
{
    private SegmentedScan _scan;

    /// <exception cref="ContractException">Unknown policy, or a scan that cannot be.</exception>
    public ScanCore(BeginScanRequest opening)
    {
        Session = opening.Session;
        _scan = Create(opening);
    }

    public string Session { get; }

    public string Summary => string.Create(CultureInfo.InvariantCulture,
        $"scan of {Geometry.Width} x {Geometry.Height}, policy {_scan.PolicyName}, {_scan.Scan.Segments.Count} of {Geometry.Segments} segments of {Geometry.Positions} positions");

    private ScanGeometry Geometry => _scan.Scan.Geometry;

    public Reply Decide(SessionRequest request, double atMin, long seq)
    {
        switch (request)
        {
            case BeginScanRequest begin:
                SegmentedScan scan = seq == 1 ? _scan : Create(begin);
                return new ScanBegunReply(Session, scan.PolicyName, scan.Scan.Geometry.Segments, scan.Scan.Geometry.Positions);
            case ObserveSegmentRequest observed:
                _scan.CheckValues(observed.Values);
                return new AckReply(seq);
            case NextSegmentRequest:
                return Next();
            case ExplainRequest { About: "last" or "session" }:
                return new ExplanationReply($"session '{Session}', {Summary}");
            case ExplainRequest explain:
                throw new ContractException(FaultCode.BadField, $"explain: 'about' must be last or session in a scan, got '{explain.About}'");
            case CloseSessionRequest:
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
                _scan = Create(begin);
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

    public void WarmUp()
    {
    }

    public bool BeginsAnew(Request request) => request is BeginScanRequest;

    private SegmentReply Next()
    {
        int number = _scan.Scan.Segments.Count;
        return _scan.Next() is { } segment
            ? new SegmentReply(SegmentKind.GoOn, $"segment {number + 1} of {Geometry.Segments}") { Number = number + 1, X = segment.X, Y = segment.Y, DirectionRad = segment.DirectionRad }
            : new SegmentReply(SegmentKind.Done, $"all {number} segments are scanned") { Number = number };
    }

    private static SegmentedScan Create(BeginScanRequest request)
    {
        ScanGeometry geometry = ScanGeometry.For(request.Width, request.Height, request.Coverage, request.Positions);
        return new SegmentedScan(ScanPolicies.Create(request.Policy ?? ScanPolicies.Default, geometry, request.Seed), geometry);
    }
}
