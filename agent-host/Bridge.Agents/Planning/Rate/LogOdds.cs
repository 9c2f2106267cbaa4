namespace Bridge.Agents.Planning.Rate;

/// <summary>Probabilities whose log odds move.</summary>
internal static class LogOdds
{
    /// <summary>
    /// The probability after its log odds have risen by c: p / (p + (1 - p) exp(-c)). Concave in p where c is 0 or more, and 0 at 0; so by Jensen's inequality probabilities whose
    /// log odds each rise by at most c have a sum of at most so many times this of their mean.
    /// </summary>
    /// <param name="probability">Above 0, at most 1.</param>
    /// <param name="decay">exp(-c), 0 to 1; 0 says that the rise has no bound.</param>
    public static double Raised(double probability, double decay) => probability / (probability + (1 - probability) * decay);
}
