using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Domain.Images;

namespace Bridge.Agents.AdaptiveScan.Evaluation;

/// <summary>A sheet of pictures, one row a scan: the partial scan (pixels that were not read are blue), its completion, the truth, the error and the expected error.
/// The first three have the grey values of the truth; in the errors white is half of its range.</summary>
public sealed class PictureSheet
{
    private const int Columns = 5, Gap = 4;

    private readonly int _width, _height, _scale;
    private readonly List<float[][]> _rows = [];
    private readonly List<float[]> _masks = [];

    /// <param name="width">Pixels of the images.</param>
    /// <param name="scale">Edge of a pixel on the sheet.</param>
    public PictureSheet(int width, int height, int scale = 2) => (_width, _height, _scale) = (width, height, scale);

    /// <summary>Adds a row.</summary>
    public void Add(ScanImage truth, PartialScan scan, CompletedScan completed)
    {
        if (truth.Width != _width || truth.Height != _height)
            throw new ArgumentException($"the sheet is for images of {_width} x {_height}, not {truth.Width} x {truth.Height}");
        float[] read = new float[_width * _height], mask = new float[read.Length];
        scan.WriteTo(read, mask);
        float[] completion = [.. completed.Image.Select(value => (value - truth.Offset) / truth.HalfRange)];
        _rows.Add([
            [.. read.Select(value => (value - truth.Offset) / truth.HalfRange)],
            completion,
            truth.Target,
            [.. completion.Select((value, i) => 2 * Math.Abs(value - truth.Target[i]) - 1)],
            [.. completed.Uncertainty.Select(value => 2 * value / truth.HalfRange - 1)]]);
        _masks.Add(mask);
    }

    public ColourPicture Draw()
    {
        int across = _width * _scale + Gap, down = _height * _scale + Gap;
        var sheet = new ColourPicture(Columns * across + Gap, Math.Max(1, _rows.Count) * down + Gap);
        sheet.Fill(255, 255, 255);
        for (int row = 0; row < _rows.Count; row++)
        {
            for (int column = 0; column < Columns; column++)
                sheet.Draw(new Picture(_width, _height, _rows[row][column]), Gap + column * across, Gap + row * down, _scale, -1, 1);
            for (int i = 0; i < _width * _height * _scale * _scale; i++)
            {
                int x = i % (_width * _scale), y = i / (_width * _scale);
                if (_masks[row][y / _scale * _width + x / _scale] == 0)
                    sheet.Set(Gap + x, Gap + row * down + y, 20, 30, 70);
            }
        }
        return sheet;
    }
}
