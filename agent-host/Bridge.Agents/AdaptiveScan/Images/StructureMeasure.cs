namespace Bridge.Agents.AdaptiveScan.Images;

/// <summary>Says whether an image has its structure in a part of the field: the variance of the target within tiles of 12 x 12 px is summed, and the
/// quieter half of the tiles holds less than <see cref="MostInQuietHalf"/> of it. An even crystal has 30 to 45 % there.</summary>
public static class StructureMeasure
{
    public const double MostInQuietHalf = 0.15;

    private const int Tile = 12;

    /// <param name="target">(height, width).</param>
    public static bool IsInPart(ReadOnlySpan<float> target, int width, int height) => QuietHalf(target, width, height) < MostInQuietHalf;

    /// <summary>Share of the variance that the quieter half of the tiles holds, 0 to 0.5; 0.5 where there is no variance or a single tile.</summary>
    public static double QuietHalf(ReadOnlySpan<float> target, int width, int height)
    {
        int columns = Math.Max(1, width / Tile), rows = Math.Max(1, height / Tile);
        double[] variances = new double[columns * rows];
        for (int tile = 0; tile < variances.Length; tile++)
        {
            int left = tile % columns * width / columns, right = (tile % columns + 1) * width / columns;
            int top = tile / columns * height / rows, bottom = (tile / columns + 1) * height / rows;
            double sum = 0, squares = 0;
            for (int y = top; y < bottom; y++)
            {
                foreach (float value in target[(y * width + left)..(y * width + right)])
                {
                    sum += value;
                    squares += (double)value * value;
                }
            }
            int pixels = (right - left) * (bottom - top);
            variances[tile] = Math.Max(0, squares / pixels - sum / pixels * (sum / pixels));
        }
        Array.Sort(variances);
        double all = variances.Sum();
        return all > 1e-12 && variances.Length > 1 ? variances.Take(variances.Length / 2).Sum() / all : 0.5;
    }
}
