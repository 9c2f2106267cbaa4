namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>From cells to pixels.</summary>
internal static class Upsampling
{
    /// <summary>Bilinear between the middles of the cells; flat outside them.</summary>
    /// <param name="cells">(rows, columns).</param>
    /// <param name="pixels">(rows * factor, columns * factor).</param>
    public static void Bilinear(ReadOnlySpan<float> cells, int columns, int rows, int factor, Span<float> pixels)
    {
        int width = columns * factor;
        for (int y = 0; y < rows * factor; y++)
        {
            float row = Math.Clamp((y + 0.5f) / factor - 0.5f, 0, rows - 1);
            int top = (int)row, bottom = Math.Min(top + 1, rows - 1);
            float down = row - top;
            ReadOnlySpan<float> upper = cells.Slice(top * columns, columns), lower = cells.Slice(bottom * columns, columns);
            for (int x = 0; x < width; x++)
            {
                float column = Math.Clamp((x + 0.5f) / factor - 0.5f, 0, columns - 1);
                int left = (int)column, right = Math.Min(left + 1, columns - 1);
                float across = column - left;
                float above = upper[left] + across * (upper[right] - upper[left]), below = lower[left] + across * (lower[right] - lower[left]);
                pixels[y * width + x] = above + down * (below - above);
            }
        }
    }
}
