namespace Bridge.Domain.Images;

/// <summary>The five filters of PNG rows (PNG specification, section 9).</summary>
internal static class PngFilter
{
    /// <param name="row">Filtered bytes, which become the row's.</param>
    /// <param name="above">The row above; zeros for the first.</param>
    /// <param name="left">Bytes to the left neighbour.</param>
    /// <returns>False if there is no such filter.</returns>
    public static bool Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int left)
    {
        if (filter is < 0 or > 4)
            return false;
        for (int i = 0; i < row.Length; i++)
        {
            byte a = i < left ? (byte)0 : row[i - left], b = above[i], c = i < left ? (byte)0 : above[i - left];
            row[i] += filter switch
            {
                1 => a,
                2 => b,
                3 => (byte)((a + b) / 2),
                4 => Paeth(a, b, c),
                _ => 0,
            };
        }
        return true;
    }

    private static byte Paeth(byte a, byte b, byte c)
    {
        int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - 2 * c);
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}
