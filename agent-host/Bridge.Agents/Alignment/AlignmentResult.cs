namespace Bridge.Agents.Alignment;

/// <summary>What was decided in an alignment.</summary>
public abstract record AlignmentResult
{
    private AlignmentResult()
    {
    }

    /// <summary>Set this shift and measure again.</summary>
    /// <param name="Shift">From the starting value.</param>
    /// <param name="Why">One sentence for a person.</param>
    public sealed record Move(Xy Shift, string Why) : AlignmentResult
    {
        /// <summary>Who chose it, where the policy has several to choose; else null.</summary>
        public string? By { get; init; }

        /// <summary>Moves that a learning policy had learned when it chose; else null.</summary>
        public int? Learned { get; init; }
    }

    /// <summary>The beam is within the tolerance.</summary>
    public sealed record Aligned(string Why) : AlignmentResult;

    /// <summary>It does not work; the starting value is to be set again.</summary>
    public sealed record GiveUp(string Why) : AlignmentResult;
}
