namespace Bridge.StandIn.Language;

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    Completed,

    /// <summary>The check found something; nothing was carried out.</summary>
    Refused,

    /// <summary>An error that no Try block caught.</summary>
    Aborted,

    /// <summary>A limit of this stand-in: commands, minutes, or somebody cancelled.</summary>
    Limit,
}

/// <summary>How a run ended, and why if it did not reach its end.</summary>
internal sealed record RunResult(RunEnd End, string Message)
{
    public static RunResult Completed { get; } = new(RunEnd.Completed, "");
}
