namespace Bridge.Domain.Autodoc;

/// <summary>One piece of a file, byte for byte: a line with its line break, or in XML an element with the white space around it.</summary>
/// <param name="Raw">All of it; the pieces of a file, put together, are the file.</param>
/// <param name="KeyStart">Where the key begins in <paramref name="Raw"/>.</param>
/// <param name="KeyLength">0 for a piece that is no entry: a blank line, a comment, something odd.</param>
/// <param name="ValueStart">Where the value begins in <paramref name="Raw"/>.</param>
/// <param name="ValueLength">May be 0.</param>
internal readonly record struct AdocLine(ReadOnlyMemory<byte> Raw, int KeyStart, int KeyLength, int ValueStart, int ValueLength)
{
    public bool IsEntry => KeyLength > 0;

    public ReadOnlySpan<byte> Key => Raw.Span.Slice(KeyStart, KeyLength);

    public ReadOnlySpan<byte> Value => Raw.Span.Slice(ValueStart, ValueLength);

    public static AdocLine Odd(ReadOnlyMemory<byte> raw) => new(raw, 0, 0, 0, 0);

    /// <summary>The same piece with another value.</summary>
    public AdocLine With(ReadOnlySpan<byte> value)
    {
        byte[] raw = [.. Raw.Span[..ValueStart], .. value, .. Raw.Span[(ValueStart + ValueLength)..]];
        return this with { Raw = raw, ValueLength = value.Length };
    }
}
