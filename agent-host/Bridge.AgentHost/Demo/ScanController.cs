using System.Diagnostics;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.AgentHost.Demo;

/// <summary>
/// Stands in for a scan controller: plays an image back, position by position, to a host over the socket. Its beam is not quite where it should be and
/// needs time to settle after a jump. It scans in simulated time, so a scan takes no longer than the host's answers.
/// </summary>
/// <param name="values">(height, width), row-major: what its detector sees.</param>
/// <param name="seed">Of the position errors.</param>
public sealed class ScanController(float[] values, int width, int height, ScanControllerSettings settings, int seed)
{
    /// <summary>Longest wait for one answer. The first on a cold machine takes the longest.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>Farther from the end of the last segment is a jump, px.</summary>
    private const double Jump = 2;

    /// <summary>Scans until the host says done, or until interrupted, and asks for the image.</summary>
    /// <param name="begin">The scan; its size must be the image's.</param>
    /// <param name="mostSegments">Interrupted after so many.</param>
    /// <exception cref="ContractException">The host refused a request or did not answer.</exception>
    public ScanRun Run(BridgeClient client, BeginScanRequest begin, int mostSegments = int.MaxValue)
    {
        if (begin.Width != width || begin.Height != height)
            throw new ArgumentException($"the image is {width} x {height}, the scan {begin.Width} x {begin.Height}");
        var random = new Random(seed);
        var begun = Ask<ScanBegunReply>(client, begin);
        var scan = new PartialScan(new ScanGeometry(width, height, begun.Segments, begun.Positions));
        double[] read = new double[begun.Positions];
        double scanUs = 0, waitUs = 0;
        (double X, double Y)? beam = null;
        var segment = Ask<SegmentReply>(client, new NextSegmentRequest(begin.Session));
        while (segment.Kind == SegmentKind.GoOn && scan.Segments.Count < mostSegments)
        {
            var place = new ScanSegment(segment.X, segment.Y, segment.DirectionRad);
            double segmentUs = begun.Positions * settings.DwellUs + (beam is { } at && double.Hypot(at.X - place.X, at.Y - place.Y) <= Jump ? 0 : settings.FlybackUs);
            scanUs += segmentUs;
            for (int k = 0; k < read.Length; k++)
            {
                (double x, double y) = ScanGeometry.PositionOf(place, k);
                read[k] = values[scan.Geometry.PixelAt(x + settings.JitterPx * Normal(random), y + settings.JitterPx * Normal(random))];
            }
            beam = ScanGeometry.PositionOf(place, begun.Positions);
            bool isKnownAhead = segment.Ahead is not null;
            long asked = Stopwatch.GetTimestamp();
            Ask<AckReply>(client, new ObserveSegmentRequest(begin.Session, read));
            segment = Ask<SegmentReply>(client, new NextSegmentRequest(begin.Session));
            double answerUs = Stopwatch.GetElapsedTime(asked).TotalMicroseconds;
            // A segment that was known ahead is being scanned while the values of the one before travel.
            if (segment.Kind == SegmentKind.GoOn)
                waitUs += Math.Max(0, answerUs - (isKnownAhead ? segmentUs : 0));
            scan.Add(place, read);
        }
        (CompletedScan completed, byte[] mask, ScanImageReply last) = Fetch(client, begin.Session);
        return new ScanRun(begun.Policy, begun.Warning, scan, completed, mask, last.Method, last.File, scanUs, waitUs);
    }

    private (CompletedScan Completed, byte[] Mask, ScanImageReply Last) Fetch(BridgeClient client, string session)
    {
        float[] image = new float[width * height], uncertainty = new float[width * height];
        byte[] mask = new byte[width * height];
        ScanImageReply part;
        int row = 0;
        do
        {
            part = Ask<ScanImageReply>(client, new GetScanImageRequest(session) { Row = row });
            if (!part.HasPixels || part.Row != row || part.Width != width || part.Height != height)
                throw new ContractException(FaultCode.BadFrame, $"the host answered get_scan_image with rows {part.Row} to {part.Row + part.Rows} of {part.Width} x {part.Height}, asked for row {row} of {width} x {height}");
            ScanImageReply.ToFloats(part.ImageBytes).CopyTo(image, row * width);
            ScanImageReply.ToFloats(part.UncertaintyBytes).CopyTo(uncertainty, row * width);
            part.Mask.CopyTo(mask.AsMemory(row * width));
            row += part.Rows;
        }
        while (row < height);
        return (new CompletedScan(image, uncertainty), mask, part);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static T Ask<T>(BridgeClient client, Request request) where T : Reply => client.Ask(request, AnswerLimit) switch
    {
        T reply => reply,
        FaultReply fault => throw new ContractException(fault.Code, fault.Message),
        _ => throw new ContractException(FaultCode.DeadlineExceeded, $"the host did not answer {request.Type} within {AnswerLimit.TotalSeconds:0} s"),
    };
}
