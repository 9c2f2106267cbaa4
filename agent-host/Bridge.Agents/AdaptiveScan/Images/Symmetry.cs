namespace Bridge.Agents.AdaptiveScan.Images;

/// <summary>The eight flips and quarter turns of a square image, for augmentation.</summary>
/// <param name="Number">0 (nothing) to 7: bit 0 flips x, bit 1 flips y, bit 2 then swaps x and y.</param>
public readonly record struct Symmetry(int Number)
{
    public const int Count = 8;

    /// <summary>Where a pixel of a square image goes. Row-major indices.</summary>
    public int Map(int pixel, int size)
    {
        int x = pixel % size, y = pixel / size;
        if ((Number & 1) != 0)
            x = size - 1 - x;
        if ((Number & 2) != 0)
            y = size - 1 - y;
        return (Number & 4) != 0 ? x * size + y : y * size + x;
    }
}
