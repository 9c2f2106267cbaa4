namespace Bridge.Contracts;

/// <summary>What the host advises in a scan. The numbers are what the script function <c>NextSegment</c> returns.</summary>
public enum SegmentKind
{
    /// <summary>Scan the segment and tell its values.</summary>
    GoOn = 1,

    /// <summary>All segments are scanned.</summary>
    Done = 2,
}
