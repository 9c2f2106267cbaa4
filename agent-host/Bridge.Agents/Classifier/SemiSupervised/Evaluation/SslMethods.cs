using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;
using Bridge.Contracts;

namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>The methods of SSL²-RL's Table 1, by name.</summary>
public static class SslMethods
{
    public const string Supervised = "sl", FixMatch = "fixmatch", Iterative = "iterative", Ssl2Rl120 = "ssl2rl-120", Ssl2Rl480 = "ssl2rl-480";

    public static IReadOnlyList<string> Names { get; } = [Supervised, FixMatch, Iterative, Ssl2Rl120, Ssl2Rl480];

    /// <exception cref="ContractException">There is no method of this name.</exception>
    public static void Check(string name)
    {
        if (!Names.Contains(name))
            throw new ContractException(FaultCode.BadField, $"there is no method '{name}'; choose {string.Join(", ", Names)}");
    }

    /// <summary>Where the method's pseudo-labels come from; null if it has none.</summary>
    internal static IPseudoLabelling? Labelling(string name, HoleSet holes, SslSettings settings) => name switch
    {
        Iterative => new IterativeFixMatch(),
        Ssl2Rl120 => new Ssl2Rl(holes, 120, settings.Runs, settings.Policy.Minutes),
        Ssl2Rl480 => new Ssl2Rl(holes, 480, settings.Runs, settings.Policy.Minutes),
        _ => null,
    };
}
