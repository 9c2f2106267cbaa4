namespace Bridge.Agents.Planning.Rate;

/// <summary>What is believed of the holes, patch by patch: what <see cref="PatchTable"/> ranks.</summary>
internal interface IPatchOdds
{
    /// <summary>Views of which every probability is the weighted mean: what <see cref="Most"/> can tell apart. 0 where there is only the whole.</summary>
    int Views => 0;

    /// <summary>Takes in the first result of a hole; a corrected value is not a second hole.</summary>
    /// <param name="ctfA">Measured, in Å; a number.</param>
    void Observe(int hole, double ctfA);

    /// <summary>Takes in what a good micrograph was worth to the user, 0 or more. Most do not care.</summary>
    void Score(int hole, double score)
    {
    }

    /// <summary>Probability, 0 to 1, that a hole is good: what is reported.</summary>
    double Probability(int hole);

    /// <summary>Makes the beliefs of all patches ready to be read.</summary>
    void Refresh();

    /// <summary>A number that changes when what <see cref="Write"/> gives for a patch does.</summary>
    long Stamp(int patch);

    /// <summary>A number that changes when the <see cref="Stamp"/> of any patch of a square does.</summary>
    long StampOfSquare(int square);

    /// <summary>Probabilities, 0 to 1, of holes of one patch, to plan with: not always those that are reported.</summary>
    /// <param name="views">Empty, or room for the probabilities by each view, view after view, filled with 1; those of views without weight stay so.</param>
    void Write(ReadOnlySpan<int> holes, Span<double> probabilities, Span<double> views);

    /// <summary>The patch has just been written whole: <see cref="Most"/> compares with what is believed now.</summary>
    void Remember(int patch);

    /// <summary>
    /// A bound on what a patch can have become since it was remembered, without a look at its holes. Where the mean probability of any k holes had at most a certain sum, the sum of any
    /// k is now at most that of k holes with this mean. So a table need not work out a patch that does not matter even so.
    /// </summary>
    /// <param name="views">By view: that mean, above 0, at most 1.</param>
    /// <param name="all">The same of the probabilities themselves.</param>
    /// <returns>0 to 1; the mean of the probabilities now.</returns>
    double Most(int patch, ReadOnlySpan<float> views, double all);

    /// <summary>What is believed of a hole and why; null where nothing more than <see cref="Probability"/> is known.</summary>
    HoleBelief? Explain(int hole) => null;
}
