namespace Bridge.Agents.Planning.Bayes;

/// <summary>Which probability of a hole the plan is made with; what is reported is always the expected one.</summary>
internal abstract record Choice
{
    private Choice()
    {
    }

    /// <summary>The expected one: most good holes by what is known now.</summary>
    public sealed record Expected : Choice;

    /// <summary>An upper bound: what is uncertain is tried (optimism in the face of uncertainty; Lai and Robbins 1985).</summary>
    /// <param name="Deviations">Standard deviations by which effects are taken better than their means, 0 or more.</param>
    public sealed record Upper(double Deviations) : Choice;

    /// <summary>That of one draw from the belief: each part of the grid is tried as often as it is likely to be the best (Thompson 1933).
    /// A draw is kept for some results, or the stage would run to and fro.</summary>
    /// <param name="Seed">Of the draws; they follow from it and from the number of results.</param>
    /// <param name="Results">For which one draw is kept, 1 or more.</param>
    public sealed record Thompson(int Seed, int Results) : Choice;
}
