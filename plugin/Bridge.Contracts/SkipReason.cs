namespace Bridge.Contracts;

/// <summary>Why a target was not collected. The numbers are what <c>ReportSkipped</c> takes.</summary>
public enum SkipReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>The operator does not want it.</summary>
    Operator = 1,

    /// <summary>The stage or the safety envelope does not allow it.</summary>
    OutOfReach = 2,

    /// <summary>The move, realignment or focus failed.</summary>
    MoveFailed = 3,

    /// <summary>Looked at and found bad: empty, broken, contaminated.</summary>
    LooksBad = 4,

    /// <summary>Not now: it may be suggested again later.</summary>
    Later = 5,
}
