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
        Span<float> column = columns <= 1024 ? stackalloc float[columns] : new float[columns];
        for (int y = 0; y < rows * factor; y++)
        {
            float row = Math.Clamp((y + 0.5f) / factor - 0.5f, 0, rows - 1);
            int top = (int)row, bottom = Math.Min(top + 1, rows - 1);
            float down = row - top;
            ReadOnlySpan<float> upper = cells.Slice(top * columns, columns), lower = cells.Slice(bottom * columns, columns);
            for (int x = 0; x < columns; x++)
                column[x] = upper[x] + down * (lower[x] - upper[x]);
            Span<float> line = pixels.Slice(y * width, width);
            for (int place = 0; place < factor; place++)
            {
                // A place in a cell lies between its cell and the one on its side, always at the same share.
                float off = (place + 0.5f) / factor - 0.5f, share = Math.Abs(off);
                int side = off < 0 ? -1 : 1;
                for (int x = 0; x < columns; x++)
                    line[x * factor + place] = column[x] + share * (column[Math.Clamp(x + side, 0, columns - 1)] - column[x]);
            }
        }
    }
}
