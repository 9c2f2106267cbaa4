using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Contracts;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>What partial scans get: a policy, a completion, and a place for the images. A microscope must not stand still for a file: without weights the spiral leads,
/// images are interpolated, and whoever begins a scan is told why.</summary>
public sealed class HostScans
{
    /// <summary>How an image was completed.</summary>
    public const string Network = "network", Interpolation = "interpolation", Mean = "mean";

    private readonly Lazy<(ScanModel? Model, string? WhyNot)> _model;
    private readonly Lazy<bool> _isWarm;

    /// <param name="folder">Where images are written; null writes none.</param>
    /// <param name="read">Reads the model, at the first scan; throws <see cref="ContractException"/> if it cannot be used.</param>
    public HostScans(string? folder, Func<ScanModel> read, ILogger? logger = null)
    {
        Folder = folder;
        _model = new(() => Read(read, logger));
        _isWarm = new(() => Warm(Completion.Complete));
    }

    /// <summary>Neither weights nor files.</summary>
    public static HostScans WithoutModel { get; } = new(null, () => throw NotShipped());

    public string? Folder { get; }

    private ScanCompletion Completion => _model.Value.Model?.Completion ?? ScanCompletion.Interpolation;

    /// <summary>With the weights that came with the program.</summary>
    public static HostScans Shipped(string? folder, ILogger? logger = null) => new(folder, () => ScanModel.IsShipped ? ScanModel.Shipped : throw NotShipped(), logger);

    /// <summary>A scan.</summary>
    /// <param name="policy">Name of the policy; null for the best that there is.</param>
    /// <returns>The scan, and what the client should know about it, or null.</returns>
    /// <exception cref="ContractException">No such policy, or a scan that cannot be.</exception>
    public (SegmentedScan Scan, string? Warning) Create(BeginScanRequest request, string? policy)
    {
        string name = policy ?? ScanPolicies.Adaptive;
        string? warning = null;
        if (name == ScanPolicies.Adaptive && _model.Value.WhyNot is { } why)
            (name, warning) = (ScanPolicies.Spiral, $"{why}; policy '{ScanPolicies.Spiral}' leads, and the image is interpolated");
        if ((long)request.Width * request.Height > ScanCompletion.MostPixels)
            warning = $"{(warning is null ? "" : warning + "; ")}{request.Width} x {request.Height} is too large to complete (the limit is {ScanCompletion.MostPixels} pixels): pixels that were not read will have the mean";
        ScanGeometry geometry = ScanPolicies.FrameOf(name, ScanGeometry.For(request.Width, request.Height, request.Coverage, request.Positions));
        return (new SegmentedScan(ScanPolicies.Create(name, geometry, request.Seed, _model.Value.Model?.Errors), geometry), warning);
    }

    /// <summary>Completes what was scanned.</summary>
    /// <exception cref="ContractException">Nothing was scanned yet.</exception>
    public (CompletedScan Image, string Method) Complete(PartialScan scan)
    {
        if ((long)scan.Geometry.Width * scan.Geometry.Height <= ScanCompletion.MostPixels)
            return (Completion.Complete(scan), _model.Value.Model is null ? Interpolation : Network);
        ScanReads reads = ScanReads.Of(scan);
        (double mean, double deviation) = reads.Moments();
        float[] image = new float[reads.Width * reads.Height], uncertainty = new float[image.Length], mask = new float[image.Length];
        scan.WriteTo(image, mask);
        for (int i = 0; i < image.Length; i++)
            (image[i], uncertainty[i]) = mask[i] > 0 ? (image[i], 0) : ((float)mean, (float)deviation);
        return (new CompletedScan(image, uncertainty), Mean);
    }

    /// <summary>Makes the first completion as quick as the others.</summary>
    public void WarmUp() => _ = _isWarm.Value;

    private static (ScanModel? Model, string? WhyNot) Read(Func<ScanModel> read, ILogger? logger)
    {
        try
        {
            return (read(), null);
        }
        catch (ContractException e)
        {
            logger?.CannotUseScanModel(e.Message, ScanPolicies.Spiral);
            return (null, e.Message);
        }
    }

    private static bool Warm(Func<PartialScan, CompletedScan> complete)
    {
        var geometry = new ScanGeometry(16, 16, 1, 4);
        var scan = new PartialScan(geometry);
        scan.Add(new ScanSegment(2, 2, 1), [0, 1, 2, 3]);
        return complete(scan).Image.Length > 0;
    }

    private static ContractException NotShipped() => new(FaultCode.UnreadableFile, "no weights for partial scans came with the program");
}
