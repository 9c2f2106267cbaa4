using Bridge.Contracts;

namespace Bridge.Agents.Alignment;

/// <summary>The alignment policies by name.</summary>
public static class AlignmentPolicies
{
    public const string LeastSquares = "least-squares", KnownMatrix = "known-matrix";

    /// <summary>The policy that is used unless another is asked for.</summary>
    public const string Default = LeastSquares;

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, KnownMatrix];

    /// <summary>A policy for one alignment.</summary>
    /// <param name="response">The true response; only <c>known-matrix</c> needs it, which a simulation has.</param>
    /// <exception cref="ContractException">No policy of this name, or <c>known-matrix</c> without the response.</exception>
    public static IAlignmentPolicy Create(string name, AlignmentSettings settings, Matrix2? response = null) => name switch
    {
        LeastSquares => new LeastSquaresPolicy(settings),
        KnownMatrix when response is { } known => new KnownMatrixPolicy(settings, known),
        KnownMatrix => throw new ContractException(FaultCode.UnknownPolicy,
            $"policy '{KnownMatrix}' needs the true response, which only a simulation has; use it with 'evaluate alignment', or choose {LeastSquares}"),
        _ => throw new ContractException(FaultCode.UnknownPolicy, $"there is no alignment policy '{name}'; choose {string.Join(", ", Names)}"),
    };
}
