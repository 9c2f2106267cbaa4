using System.Numerics;

namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>
/// What a scan knows of its image, on cells of about 6 x 6 px: how far each cell is from the path, and what was read around it (mean, variance and steps between
/// neighbours, weighted with 1 / (1 + (d / s)²)² for a near and a far s). Grows by a segment at a time, in a few µs. One thread at a time.
/// </summary>
public sealed class CellField
{
    /// <summary>Numbers that describe a cell: see <see cref="WriteFeatures"/>.</summary>
    public const int Features = 12;

    /// <summary>Most cells: on larger images they are larger than 6 px.</summary>
    private const int MostCells = 4096;

    private const double CellPx = 6;

    /// <summary>Positions whose values are taken together.</summary>
    private const int Together = 5;

    private const int Sums = 4;

    private static readonly float[] ScalesPx = [7, 20];

    private readonly ScanGeometry _geometry;
    private readonly float[] _x, _y, _fromEdge;
    private readonly float[][] _sums; // for each scale: weight, value, value², step²
    private double _reference = double.NaN;
    private double _count, _total, _squares, _pairs, _steps;
    private int _segments;

    public CellField(ScanGeometry geometry)
    {
        _geometry = geometry;
        double cell = Math.Max(CellPx, Math.Sqrt((double)geometry.Width * geometry.Height / MostCells));
        (Columns, Rows) = ((int)Math.Ceiling(geometry.Width / cell), (int)Math.Ceiling(geometry.Height / cell));
        int lanes = Vector<float>.Count;
        Length = (Columns * Rows + lanes - 1) / lanes * lanes;
        (_x, _y, _fromEdge, NearestSquared) = (new float[Length], new float[Length], new float[Length], new float[Length]);
        for (int i = 0; i < Columns * Rows; i++)
        {
            _x[i] = (float)((i % Columns + 0.5) * geometry.Width / Columns - 0.5);
            _y[i] = (float)((i / Columns + 0.5) * geometry.Height / Rows - 0.5);
            _fromEdge[i] = Math.Min(Math.Min(_x[i], geometry.Width - 1 - _x[i]), Math.Min(_y[i], geometry.Height - 1 - _y[i]));
        }
        NearestSquared.AsSpan().Fill((float)geometry.Width * geometry.Width + (float)geometry.Height * geometry.Height);
        _sums = [.. Enumerable.Range(0, ScalesPx.Length * Sums).Select(_ => new float[Length])];
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Columns times rows, filled up to whole vectors.</summary>
    public int Length { get; }

    /// <summary>Cells.</summary>
    public int Count => Columns * Rows;

    /// <summary>Middles of the cells, px.</summary>
    public ReadOnlySpan<float> X => _x;

    /// <inheritdoc cref="X"/>
    public ReadOnlySpan<float> Y => _y;

    /// <summary>Squared distance of each cell's middle from the path, px².</summary>
    public float[] NearestSquared { get; }

    /// <summary>Standard deviation of all values read, 0 before the first.</summary>
    public double Deviation => _count == 0 ? 0 : Math.Sqrt(Math.Max(0, _squares / _count - _total / _count * (_total / _count)));

    /// <summary>A segment that is scanned or is certain to be: its positions count, its values are not known yet.</summary>
    public void Pass(ScanSegment segment) => PathDistance.Shorten(NearestSquared, _x, _y, segment, (_geometry.Positions - 1) * ScanGeometry.Pitch, NearestSquared);

    /// <summary>The values of a segment that <see cref="Pass"/> was told of.</summary>
    public void Read(ScanSegment segment, ReadOnlySpan<float> values)
    {
        if (double.IsNaN(_reference))
            _reference = values[0];
        _segments++;
        for (int start = 0; start < values.Length; start += Together)
        {
            ReadOnlySpan<float> part = values.Slice(start, Math.Min(Together, values.Length - start));
            double sum = 0, squares = 0, steps = 0;
            for (int k = 0; k < part.Length; k++)
            {
                double value = part[k] - _reference, before = start + k == 0 ? value : values[start + k - 1] - _reference;
                sum += value;
                squares += value * value;
                steps += (value - before) * (value - before);
            }
            (_count, _total, _squares) = (_count + part.Length, _total + sum, _squares + squares);
            (_pairs, _steps) = (_pairs + part.Length - (start == 0 ? 1 : 0), _steps + steps);
            (double x, double y) = ScanGeometry.PositionOf(segment, 0);
            double along = (start + (part.Length - 1) / 2.0) * ScanGeometry.Pitch;
            Spread((float)(x + along * Math.Cos(segment.DirectionRad)), (float)(y + along * Math.Sin(segment.DirectionRad)),
                (float)(sum / part.Length), (float)(squares / part.Length), (float)(steps / part.Length));
        }
    }

    /// <summary>Describes every cell, in units of the deviation of all values: 0, 1 logarithm of the variance near and far; 2, 3 mean near and far; 4, 5 logarithm of the
    /// steps near and far; 6, 7 certainty near and far; 8 how much of the scan is done; 9 steps of the whole; 10 near mean less far mean, squared; 11 distance from the edge.</summary>
    /// <param name="features">(<see cref="Features"/>, <see cref="Length"/>).</param>
    public void WriteFeatures(Span<float> features)
    {
        double mean = _count == 0 ? 0 : _total / _count;
        double variance = Math.Max(Deviation * Deviation, 1e-12 * (1 + _reference * _reference));
        float done = (float)_segments / _geometry.Segments, noise = Log(_steps / Math.Max(1, _pairs) / variance);
        for (int i = 0; i < Count; i++)
        {
            float nearMean = 0, farMean = 0;
            for (int scale = 0; scale < ScalesPx.Length; scale++)
            {
                // A little of the whole image, so that a cell far from everything is as the mean.
                double weight = _sums[scale * Sums][i] + 1e-3;
                double here = (_sums[scale * Sums + 1][i] + 1e-3 * mean) / weight;
                double square = (_sums[scale * Sums + 2][i] + 1e-3 * (variance + mean * mean)) / weight;
                double step = (_sums[scale * Sums + 3][i] + 1e-3 * _steps / Math.Max(1, _pairs)) / weight;
                features[scale * Length + i] = Log(Math.Max(0, square - here * here) / variance);
                float deviations = (float)Math.Clamp((here - mean) / Math.Sqrt(variance), -6, 6);
                features[(2 + scale) * Length + i] = deviations;
                features[(4 + scale) * Length + i] = Log(step / variance);
                features[(6 + scale) * Length + i] = Log(weight);
                if (scale == 0)
                    nearMean = deviations;
                else
                    farMean = deviations;
            }
            features[8 * Length + i] = done;
            features[9 * Length + i] = noise;
            features[10 * Length + i] = (nearMean - farMean) * (nearMean - farMean);
            features[11 * Length + i] = Math.Min(_fromEdge[i], 24) / 24;
        }
    }

    private static float Log(double value) => MathF.Log((float)value + 1e-3f) / 3;

    private void Spread(float x, float y, float value, float square, float step)
    {
        var atX = new Vector<float>(x);
        var atY = new Vector<float>(y);
        for (int scale = 0; scale < ScalesPx.Length; scale++)
        {
            var inverse = new Vector<float>(1 / (ScalesPx[scale] * ScalesPx[scale]));
            float[] weights = _sums[scale * Sums], values = _sums[scale * Sums + 1], squares = _sums[scale * Sums + 2], steps = _sums[scale * Sums + 3];
            for (int i = 0; i < Length; i += Vector<float>.Count)
            {
                Vector<float> dx = new Vector<float>(_x, i) - atX, dy = new Vector<float>(_y, i) - atY;
                Vector<float> fall = Vector<float>.One + (dx * dx + dy * dy) * inverse;
                Vector<float> weight = Vector<float>.One / (fall * fall);
                (new Vector<float>(weights, i) + weight).CopyTo(weights, i);
                (new Vector<float>(values, i) + weight * value).CopyTo(values, i);
                (new Vector<float>(squares, i) + weight * square).CopyTo(squares, i);
                (new Vector<float>(steps, i) + weight * step).CopyTo(steps, i);
            }
        }
    }
}
