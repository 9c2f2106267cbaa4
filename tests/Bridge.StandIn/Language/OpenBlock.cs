namespace Bridge.StandIn.Language;

/// <summary>A Loop, If or Try that is being carried out.</summary>
/// <param name="kind">Which of them.</param>
/// <param name="line">Position of its first line.</param>
internal sealed class OpenBlock(BlockKind kind, int line)
{
    public BlockKind Kind { get; } = kind;
    public int Line { get; } = line;
    public long Count { get; set; }
    public long Limit { get; set; }
    public long Increment { get; set; } = 1;

    /// <summary>The variable that shows <see cref="Count"/>, or null.</summary>
    public Variable? Index { get; set; }

    /// <summary>If: a branch was taken. Try: the Catch part was reached.</summary>
    public bool Done { get; set; }

    /// <summary>Try with a number: nothing is logged when an error is caught.</summary>
    public bool Quiet { get; set; }
}
