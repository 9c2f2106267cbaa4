namespace Bridge.Fuzz;

/// <summary>What became of one target: a row of the table.</summary>
internal sealed class FuzzResult(string target)
{
    public string Target => target;

    /// <summary>Executions so far.</summary>
    public long Tried { get; set; }

    public long Accepted { get; set; }

    /// <summary>Refused by an exception that the reader documents.</summary>
    public long Refused { get; set; }

    /// <summary>Ended by any other exception, or read wrongly.</summary>
    public long Crashed { get; set; }

    /// <summary>Not over after <see cref="FuzzRun.HangLimit"/>.</summary>
    public long Hung { get; set; }

    /// <summary>Took more memory than the target may.</summary>
    public long TooLarge { get; set; }

    /// <summary>Most memory that one execution allocated, in bytes.</summary>
    public long MostBytes { get; set; }

    /// <summary>Longest execution; pauses of the computer included.</summary>
    public TimeSpan Longest { get; set; }

    /// <summary>Kinds of outcome seen: each refusal in other words is one. What led to a new one is mutated further.</summary>
    public int Outcomes { get; set; }

    public TimeSpan Took { get; set; }

    public bool IsClean => Crashed + Hung + TooLarge == 0;
}
