namespace Bridge.Contracts;

/// <summary>What the host advises. The numbers are what the script function <c>SuggestNextHole</c> returns.</summary>
public enum SuggestionKind
{
    /// <summary>Go to the target.</summary>
    Target = 1,

    /// <summary>Go up a level: leave this patch, square or grid-level image; ask again for where to. Only in sessions of the planner <c>adaptive</c>.</summary>
    UpLevel = 2,

    /// <summary>Nothing worth a move is left in the time left.</summary>
    Stop = 3,

    /// <summary>Take the image of the patch around the target, and tell what it shows. Only in sessions of the planner <c>adaptive</c>.</summary>
    Survey = 4,
}
