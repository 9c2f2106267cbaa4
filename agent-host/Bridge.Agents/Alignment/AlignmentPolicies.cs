using Bridge.Agents.Alignment.FirstSight;
using Bridge.Contracts;

namespace Bridge.Agents.Alignment;

/// <summary>The alignment policies by name.</summary>
public static class AlignmentPolicies
{
    public const string LeastSquares = "least-squares", KnownMatrix = "known-matrix", FirstSight = "first-sight";

    /// <summary>The policy that is used unless another is asked for.</summary>
    public const string Default = LeastSquares;

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, FirstSight, KnownMatrix];

    /// <summary>Those that can be used now: <c>first-sight</c> only where its weights came with the program.</summary>
    public static IReadOnlyList<string> Usable { get; } = [.. Names.Where(name => name != FirstSight || FirstSightModel.IsShipped)];

    /// <summary>A policy for one alignment.</summary>
    /// <param name="response">The true response; only <c>known-matrix</c> needs it, which a simulation has.</param>
    /// <param name="firstSight">Weights for <c>first-sight</c>; null takes those that came with the program.</param>
    /// <exception cref="ContractException">No policy of this name, <c>known-matrix</c> without the response, or weights that cannot be used.</exception>
    public static IAlignmentPolicy Create(string name, AlignmentSettings settings, Matrix2? response = null, FirstSightModel? firstSight = null) => name switch
    {
        LeastSquares => new LeastSquaresPolicy(settings),
        FirstSight => (firstSight ?? FirstSightModel.Shipped).Create(settings),
        KnownMatrix when response is { } known => new KnownMatrixPolicy(settings, known),
        KnownMatrix => throw new ContractException(FaultCode.UnknownPolicy,
            $"policy '{KnownMatrix}' needs the true response, which only a simulation has; use it with 'evaluate alignment', or choose {LeastSquares}"),
        _ => throw new ContractException(FaultCode.UnknownPolicy, $"there is no alignment policy '{name}'; choose {string.Join(", ", Names)}"),
    };
}
