namespace Bridge.Agents.Planning.CryoRL;

/// <summary>Whether, and why, an episode is over.</summary>
public enum CollectionEnd
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>No move fits into the minutes left. Features that do not show the time see this as truncation.</summary>
    TimeUp,

    /// <summary>Every hole has been visited: a true terminal state.</summary>
    AllVisited,
}
