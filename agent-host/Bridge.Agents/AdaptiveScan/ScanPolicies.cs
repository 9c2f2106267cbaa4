using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Paths;
using Bridge.Contracts;

namespace Bridge.Agents.AdaptiveScan;

/// <summary>The scan policies by name.</summary>
public static class ScanPolicies
{
    public const string Spiral = "spiral", Adaptive = "adaptive", Planned = "planned", RandomWalk = "random-walk", Raster = "raster", Grid = "grid", Jittered = "jittered";

    /// <summary>The policy that is used unless another is asked for.</summary>
    public const string Default = Spiral;

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, Adaptive, Planned, RandomWalk, Raster, Grid, Jittered];

    /// <summary>Those that can be used now: <c>adaptive</c> only where its weights came with the program.</summary>
    public static IReadOnlyList<string> Usable { get; } = [.. Names.Where(name => name != Adaptive || ScanModel.IsShipped)];

    /// <summary>A policy for one scan.</summary>
    /// <param name="errors">The error model of <c>adaptive</c>; null takes the one that came with the program.</param>
    /// <exception cref="ContractException">No policy of this name, weights that cannot be used, or segments of a path from point to point.</exception>
    public static IScanPolicy Create(string name, ScanGeometry geometry, int seed, IErrorModel? errors = null) => name switch
    {
        Spiral => new SpiralPath(geometry, seed),
        Adaptive => new AdaptivePath(geometry, seed, errors ?? ScanModel.Shipped.Errors),
        Planned => new AdaptivePath(geometry, seed, new EvenErrors()) { Name = Planned },
        RandomWalk => new RandomWalk(geometry, seed),
        Raster => PointPath.Raster(geometry),
        Grid => PointPath.Grid(geometry),
        Jittered => PointPath.Jittered(geometry, seed),
        _ => throw new ContractException(FaultCode.UnknownPolicy, $"there is no scan policy '{name}'; choose {string.Join(", ", Names)}"),
    };

    /// <summary>The frame in which a policy scans as many positions: paths from point to point have one position a segment.</summary>
    public static ScanGeometry FrameOf(string name, ScanGeometry geometry) => name is Raster or Grid or Jittered
        ? geometry with { Segments = geometry.Segments * geometry.Positions, Positions = 1 }
        : geometry;
}
