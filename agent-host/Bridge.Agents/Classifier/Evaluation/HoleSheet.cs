using Bridge.Domain.Images;

namespace Bridge.Agents.Classifier.Evaluation;

/// <summary>A sheet of pictures: the holes that a classifier likes best, those that it likes least, and those of which it is least certain. The frame is green where the hole measured good, red where it measured
/// bad, grey where nothing was measured.</summary>
public static class HoleSheet
{
    private const int Columns = 16, RowsOfKind = 3, Frame = 2, Gap = 3, Between = 10;

    /// <param name="crops">Normalised pictures.</param>
    /// <param name="holes">Positions of the pictures that were scored.</param>
    /// <param name="probabilities">P(good) of each of these.</param>
    /// <param name="good">Whether a hole measured good; null where nothing was measured. By position of the picture.</param>
    public static ColourPicture Draw(CropStack crops, IReadOnlyList<int> holes, IReadOnlyList<double> probabilities, Func<int, bool?> good)
    {
        int[] best = [.. Enumerable.Range(0, holes.Count).OrderByDescending(i => probabilities[i])];
        int[] unsure = [.. Enumerable.Range(0, holes.Count).OrderBy(i => Math.Abs(probabilities[i] - 0.5))];
        int scale = Math.Max(1, 64 / crops.Size), cell = crops.Size * scale + 2 * Frame + Gap;
        int most = Math.Min(Columns * RowsOfKind, holes.Count), kind = RowsOfKind * cell + Between;
        var sheet = new ColourPicture(Columns * cell + Gap, 3 * kind - Between + Gap);
        sheet.Fill(255, 255, 255);
        int[][] kinds = [best[..most], [.. best.Reverse().Take(most)], unsure[..most]];
        for (int k = 0; k < kinds.Length; k++)
        {
            for (int i = 0; i < kinds[k].Length; i++)
            {
                int hole = holes[kinds[k][i]], x = Gap + i % Columns * cell, y = Gap + k * kind + i / Columns * cell, side = crops.Size * scale + 2 * Frame;
                (byte red, byte green, byte blue) = good(hole) switch { true => ((byte)0, (byte)150, (byte)60), false => ((byte)200, (byte)30, (byte)30), null => ((byte)150, (byte)150, (byte)150) };
                for (int dy = 0; dy < side; dy++)
                {
                    for (int dx = 0; dx < side; dx++)
                        sheet.Set(x + dx, y + dy, red, green, blue);
                }
                sheet.Draw(new Picture(crops.Size, crops.Size, crops[hole].ToArray()), x + Frame, y + Frame, scale, -3, 3);
            }
        }
        return sheet;
    }
}
