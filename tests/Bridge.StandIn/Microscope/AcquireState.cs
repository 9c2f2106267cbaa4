namespace Bridge.StandIn.Microscope;

/// <summary>What scripts ask of Acquire at Items while it runs, and before it starts.</summary>
internal sealed class AcquireState
{
    /// <summary>Items acquired so far in this run; null if it is not running.</summary>
    public int? Acquired { get; set; }

    /// <summary>The present item is to be left out.</summary>
    public bool SkipItem { get; set; }

    /// <summary>Items of this group are left out; 0 for none.</summary>
    public int SkipGroup { get; set; }

    /// <summary>The stage move to the next item is left out.</summary>
    public bool SkipMove { get; set; }

    /// <summary>The run ends after the present item.</summary>
    public bool End { get; set; }

    /// <summary>True at the first item of a group.</summary>
    public bool FirstInGroup { get; set; }

    /// <summary>Begins when the script has completed.</summary>
    public bool StartAtEnd { get; set; }

    /// <summary>Script to run after it, by number from 1; 0 for none.</summary>
    public int ScriptAfter { get; set; }

    public bool IsRunning => Acquired is not null;
}
