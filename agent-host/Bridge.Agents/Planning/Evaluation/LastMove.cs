namespace Bridge.Agents.Planning.Evaluation;

/// <summary>What becomes of the move that runs over the budget.</summary>
public enum LastMove
{
    /// <summary>It is not made.</summary>
    Strict,

    /// <summary>It is made, its hole counts, and it ends the run; at exactly the budget there is one more move. As in CryoRL's public code.</summary>
    Counted,
}
