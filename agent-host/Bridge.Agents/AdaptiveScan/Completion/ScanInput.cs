using System.Numerics.Tensors;

namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>
/// Makes the generator's input of what was read. Values are standardised by the reads' own mean and deviation (so nothing must be known of the image), and spread
/// over the image by normalised convolution with Gaussians of 1.5, 3, 6 and 12 px, together nearly an inverse fourth power of the distance: a smooth first guess that
/// the generator only has to correct. Pixels are taken together four by four: (channels, rows of cells, columns of cells). Buffers are kept: one thread at a time.
/// </summary>
public sealed class ScanInput
{
    /// <summary>Pixels along a cell.</summary>
    public const int Cell = 4;

    /// <summary>Pixels of a cell.</summary>
    public const int CellPixels = Cell * Cell;

    /// <summary>Channels: the first guess, what was read less the guess, and the mask, of 16 pixels each, then certainty and roughness of the cell.</summary>
    public const int Channels = 3 * CellPixels + CellChannels;

    /// <summary>Channel that says how much the values near a cell differ.</summary>
    internal const int DeviationChannel = 3 * CellPixels + 2;

    private const int CellChannels = 6, Sums = 5;

    /// <summary>The Gaussian of 3 px is taken on 2 x 2 pixels.</summary>
    private const int Half = 2;

    /// <summary>The image is filled up to a multiple of this, for the generator halves the cells once.</summary>
    private const int Multiple = 2 * Cell;

    /// <summary>Values further out than these many deviations count as these.</summary>
    private const float MostDeviations = 8;

    private static readonly Smoothing Fine = new(1.5), MediumHalves = new(3.0 / Half), WideCells = new(6.0 / Cell), WidestCells = new(12.0 / Cell);

    private readonly float[] _mask, _values, _weight, _sum, _scratch, _up;
    private readonly float[] _halves, _smoothHalves, _halfScratch;
    private readonly float[] _cells, _wide, _widest, _cellScratch; // (Sums, cells)

    public ScanInput(int width, int height)
    {
        (Width, Height) = ((width + Multiple - 1) / Multiple * Multiple, (height + Multiple - 1) / Multiple * Multiple);
        int pixels = Width * Height, cells = pixels / CellPixels;
        (_mask, _values, _weight, _sum, _scratch, _up) = (new float[pixels], new float[pixels], new float[pixels], new float[pixels], new float[pixels], new float[pixels]);
        (_halves, _smoothHalves, _halfScratch) = (new float[pixels / (Half * Half)], new float[pixels / (Half * Half)], new float[pixels / (Half * Half)]);
        (_cells, _wide, _widest, _cellScratch) = (new float[Sums * cells], new float[Sums * cells], new float[Sums * cells], new float[cells]);
    }

    /// <summary>Pixels, filled up.</summary>
    public int Width { get; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; }

    public int CellColumns => Width / Cell;

    public int CellRows => Height / Cell;

    /// <summary>Floats of one input.</summary>
    public int Length => Channels * CellColumns * CellRows;

    /// <param name="pixels">Where was read: index into (height, width) as filled up, in order.</param>
    /// <param name="values">What was read, standardised.</param>
    /// <param name="run">Positions in a straight line.</param>
    /// <param name="input">(<see cref="Channels"/>, cell rows, cell columns).</param>
    public void Fill(ReadOnlySpan<int> pixels, ReadOnlySpan<float> values, int run, Span<float> input)
    {
        Collect(pixels, values, run);
        int cells = CellColumns * CellRows;
        Array.Clear(_wide);
        Array.Clear(_widest);
        for (int s = 0; s < Sums; s++)
        {
            Span<float> from = _cells.AsSpan(s * cells, cells);
            WideCells.AddTo(from, CellColumns, CellRows, 1, _wide.AsSpan(s * cells, cells), _cellScratch);
            WidestCells.AddTo(from, CellColumns, CellRows, 1, _widest.AsSpan(s * cells, cells), _cellScratch);
        }
        // Weights fall as the fourth power of the width: a kernel that is nearly 1 / distance^4.
        _weight.AsSpan().Fill(1e-9f);
        Array.Clear(_sum);
        AddGuess(_mask, 0, _weight);
        AddGuess(_values, 1, _sum);
        TensorPrimitives.Divide(_sum, _weight, _sum);
        Write(input);
    }

    /// <summary>Images of values and mask, and the cells' sums: weight, value, value², pairs, difference².</summary>
    private void Collect(ReadOnlySpan<int> pixels, ReadOnlySpan<float> values, int run)
    {
        int cells = CellColumns * CellRows;
        Array.Clear(_mask);
        Array.Clear(_values);
        Array.Clear(_cells);
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = pixels[i], cell = pixel / Width / Cell * CellColumns + pixel % Width / Cell;
            float value = Math.Clamp(values[i], -MostDeviations, MostDeviations);
            _mask[pixel]++;
            _values[pixel] += (value - _values[pixel]) / _mask[pixel];
            _cells[cell]++;
            _cells[cells + cell] += value;
            _cells[2 * cells + cell] += value * value;
            if (i % run == 0)
                continue;
            float step = value - Math.Clamp(values[i - 1], -MostDeviations, MostDeviations);
            _cells[3 * cells + cell]++;
            _cells[4 * cells + cell] += step * step;
        }
        for (int i = 0; i < _mask.Length; i++)
            _mask[i] = Math.Min(_mask[i], 1);
    }

    private void AddGuess(ReadOnlySpan<float> image, int sum, Span<float> to)
    {
        int cells = CellColumns * CellRows;
        Fine.AddTo(image, Width, Height, 1, to, _scratch);
        Array.Clear(_halves);
        Array.Clear(_smoothHalves);
        int columns = Width / Half;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                _halves[y / Half * columns + x / Half] += image[y * Width + x];
        }
        MediumHalves.AddTo(_halves, columns, Height / Half, 1f / 16, _smoothHalves, _halfScratch);
        Upsampling.Bilinear(_smoothHalves, columns, Height / Half, Half, _up);
        TensorPrimitives.Add(to, _up, to);
        for (int cell = 0; cell < cells; cell++)
            _cellScratch[cell] = _wide[sum * cells + cell] / 256 + _widest[sum * cells + cell] / 4096;
        Upsampling.Bilinear(_cellScratch, CellColumns, CellRows, Cell, _up);
        TensorPrimitives.Add(to, _up, to);
    }

    private void Write(Span<float> input)
    {
        int cells = CellColumns * CellRows;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int pixel = y * Width + x, cell = y / Cell * CellColumns + x / Cell, place = y % Cell * Cell + x % Cell;
                float guess = _sum[pixel], mask = _mask[pixel];
                input[place * cells + cell] = guess;
                input[(CellPixels + place) * cells + cell] = mask * (_values[pixel] - guess);
                input[(2 * CellPixels + place) * cells + cell] = mask;
            }
        }
        Span<float> rest = input[(3 * CellPixels * cells)..];
        double pairs = 0, steps = 0;
        for (int cell = 0; cell < cells; cell++)
        {
            pairs += _cells[3 * cells + cell];
            steps += _cells[4 * cells + cell];
        }
        float noise = (float)Math.Sqrt(steps / Math.Max(1, pairs));
        for (int cell = 0; cell < cells; cell++)
        {
            rest[cell] = MathF.Log(_wide[cell] + 1e-3f) / 4;
            rest[cells + cell] = MathF.Log(_widest[cell] + 1e-3f) / 4;
            rest[2 * cells + cell] = Deviation(_wide, _widest, cell, cells);
            rest[3 * cells + cell] = Deviation(_widest, _widest, cell, cells);
            rest[4 * cells + cell] = MathF.Sqrt((_widest[4 * cells + cell] + 1e-3f * noise * noise) / (_widest[3 * cells + cell] + 1e-3f));
            rest[5 * cells + cell] = noise;
        }
    }

    /// <summary>Deviation of the values near a cell; where the near ones are few, of those farther off.</summary>
    private static float Deviation(float[] near, float[] far, int cell, int cells)
    {
        float weight = near[cell] + far[cell] / 16 + 1e-4f;
        float mean = (near[cells + cell] + far[cells + cell] / 16) / weight;
        float square = (near[2 * cells + cell] + far[2 * cells + cell] / 16 + 1e-4f) / weight;
        return MathF.Sqrt(Math.Max(0, square - mean * mean));
    }
}
