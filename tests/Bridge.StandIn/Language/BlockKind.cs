namespace Bridge.StandIn.Language;

/// <summary>What has an end: the three kinds of blocks.</summary>
internal enum BlockKind
{
    Loop,
    If,
    Try,
}
