using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Alignment.Instrument;
using Bridge.Contracts;

namespace Bridge.Agents.Alignment;

/// <summary>The alignment policies by name.</summary>
public static class AlignmentPolicies
{
    public const string LeastSquares = "least-squares", KnownMatrix = "known-matrix", FirstSight = "first-sight", Sac = "sac";

    /// <summary>The policy that is used unless another is asked for.</summary>
    public const string Default = LeastSquares;

    /// <summary>All names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, FirstSight, Sac, KnownMatrix];

    /// <summary>Those that a served session can have.</summary>
    public static IReadOnlyList<string> Served { get; } = [Default, FirstSight, Sac];

    /// <summary>Those that can be compared on any microscope now: not <c>sac</c>, which learns one, and <c>first-sight</c> only where its weights came with the program.</summary>
    public static IReadOnlyList<string> Usable { get; } = [.. Names.Where(name => name != Sac && (name != FirstSight || FirstSightModel.IsShipped))];

    /// <summary>A policy for one alignment.</summary>
    /// <param name="response">The true response; only <c>known-matrix</c> needs it, which a simulation has.</param>
    /// <param name="firstSight">Weights for <c>first-sight</c>; null takes those that came with the program.</param>
    /// <param name="learner">What <c>sac</c> knows of the microscope.</param>
    /// <exception cref="ContractException">No policy of this name, <c>known-matrix</c> without the response, <c>sac</c> without a learner, or weights that cannot be used.</exception>
    public static IAlignmentPolicy Create(string name, AlignmentSettings settings, Matrix2? response = null, FirstSightModel? firstSight = null, SacLearner? learner = null) => name switch
    {
        Sac when learner is not null => new SacPolicy(settings, learner),
        Sac => throw new ContractException(FaultCode.UnknownPolicy, $"policy '{Sac}' learns one microscope; use it with 'serve', or with 'evaluate alignment' in the environments instrument and published"),
        LeastSquares => new LeastSquaresPolicy(settings),
        FirstSight => (firstSight ?? FirstSightModel.Shipped).Create(settings),
        KnownMatrix when response is { } known => new KnownMatrixPolicy(settings, known),
        KnownMatrix => throw new ContractException(FaultCode.UnknownPolicy,
            $"policy '{KnownMatrix}' needs the true response, which only a simulation has; use it with 'evaluate alignment', or choose {LeastSquares}"),
        _ => throw new ContractException(FaultCode.UnknownPolicy, $"there is no alignment policy '{name}'; choose {string.Join(", ", Names)}"),
    };
}
