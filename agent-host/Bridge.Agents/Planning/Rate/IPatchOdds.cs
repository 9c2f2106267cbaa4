namespace Bridge.Agents.Planning.Rate;

/// <summary>What is believed of the holes, patch by patch: what <see cref="PatchTable"/> ranks.</summary>
internal interface IPatchOdds
{
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

    /// <summary>How much any probability p of a patch can have grown, summed over the session: to at most exp(Log) (p + Added). Neither ever falls. A table need not
    /// look into a patch whose probabilities, so much larger, still do not matter.</summary>
    (double Log, double Added) Growth(int patch);

    /// <summary>Probabilities, 0 to 1, of holes of one patch, to plan with: not always those that are reported.</summary>
    void Write(ReadOnlySpan<int> holes, Span<double> probabilities);

    /// <summary>What is believed of a hole and why; null where nothing more than <see cref="Probability"/> is known.</summary>
    HoleBelief? Explain(int hole) => null;
}
