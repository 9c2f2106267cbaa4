namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>Remembers transitions and draws batches of them.</summary>
internal interface IReplay
{
    /// <summary>Number of transitions in it.</summary>
    int Count { get; }

    /// <summary>Keeps a transition; where there is no room the oldest goes.</summary>
    void Add(Transition transition);

    /// <summary>Draws a batch, with repetition.</summary>
    /// <param name="batch">Filled with transitions.</param>
    /// <param name="weights">Filled with the weight of each in the loss, 0 to 1.</param>
    void Sample(Transition[] batch, float[] weights, Random random);

    /// <summary>Told the errors of the batch drawn last, 0 or more.</summary>
    void Learned(ReadOnlySpan<float> errors);
}
