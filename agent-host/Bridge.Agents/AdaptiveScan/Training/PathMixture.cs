using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>Scans images along paths drawn from a mixture.</summary>
/// <param name="Shares">How often each path is taken, by name; the sum need not be 1.</param>
/// <param name="Interrupted">Share of the scans that end early, anywhere behind a fifth of the segments.</param>
public sealed record PathMixture(IReadOnlyDictionary<string, double> Shares, double Interrupted)
{
    /// <summary>What a generator for all paths learns on.</summary>
    public static PathMixture Common { get; } = new(new Dictionary<string, double>
    {
        [ScanPolicies.Adaptive] = 0.4,
        [ScanPolicies.Spiral] = 0.3,
        [ScanPolicies.RandomWalk] = 0.1,
        [ScanPolicies.Raster] = 0.06,
        [ScanPolicies.Grid] = 0.06,
        [ScanPolicies.Jittered] = 0.08,
    }, Interrupted: 0.1);

    /// <summary>One path alone, for a generator of its own.</summary>
    public static PathMixture Only(string path) => new(new Dictionary<string, double> { [path] = 1 }, Interrupted: 0);

    /// <summary>Scans an image along a path of the mixture.</summary>
    public ScanHistory Scan(ScanImage image, ScanGeometry geometry, IErrorModel errors, Random random)
    {
        double left = random.NextDouble() * Shares.Values.Sum();
        string name = Shares.Keys.Last();
        foreach ((string path, double share) in Shares)
        {
            left -= share;
            if (left < 0)
            {
                name = path;
                break;
            }
        }
        ScanGeometry frame = ScanPolicies.FrameOf(name, geometry);
        PartialScan scan = ScanEpisode.Run(ScanPolicies.Create(name, frame, random.Next(), errors), frame, image);
        int segments = random.NextDouble() < Interrupted ? frame.Segments / 5 + random.Next(frame.Segments - frame.Segments / 5) + 1 : frame.Segments;
        return new ScanHistory(image, ScanReads.Of(scan, segments));
    }
}
