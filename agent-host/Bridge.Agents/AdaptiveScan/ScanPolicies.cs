using Bridge.Contracts;

namespace Bridge.Agents.AdaptiveScan;

/// <summary>The scan policies by name.</summary>
public static class ScanPolicies
{
    public const string Spiral = "spiral";

    /// <summary>The policy that is used unless another is asked for.</summary>
    public const string Default = Spiral;

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default];

    /// <summary>A policy for one scan.</summary>
    /// <exception cref="ContractException">No policy of this name.</exception>
    public static IScanPolicy Create(string name, ScanGeometry geometry, int seed) => name switch
    {
        Spiral => new SpiralPath(geometry, seed),
        _ => throw new ContractException(FaultCode.UnknownPolicy, $"there is no scan policy '{name}'; choose {string.Join(", ", Names)}"),
    };
}
