using Bridge.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>Completes partial scans with a trained generator, or by interpolation where there is none. Thread-safe.</summary>
public sealed class ScanCompletion
{
    /// <summary>Largest image: the network takes some 400 bytes for each pixel.</summary>
    public const int MostPixels = 2048 * 2048;

    private readonly GeneratorNetwork? _generator;
    private readonly Lock _gate = new();
    private ScanInput? _input;

    /// <param name="generator">Belongs to the completion from now on.</param>
    public ScanCompletion(GeneratorNetwork generator) => _generator = generator;

    private ScanCompletion()
    {
    }

    /// <summary>Completes without weights: with the first guess that the generator would correct. The uncertainty is how much the values differ nearby.</summary>
    public static ScanCompletion Interpolation { get; } = new();

    /// <summary>Reads weights that <c>train scan</c> wrote.</summary>
    /// <exception cref="ContractException">The file cannot be used; the message says why.</exception>
    public static ScanCompletion Read(string path) => ScanModel.Read(path).Completion;

    /// <summary>Completes the segments that were scanned so far.</summary>
    /// <exception cref="ContractException">Nothing was scanned, a value is no number, or the image is too large.</exception>
    public CompletedScan Complete(PartialScan scan) => Complete(ScanReads.Of(scan));

    /// <inheritdoc cref="Complete(PartialScan)"/>
    public CompletedScan Complete(ScanReads reads)
    {
        if (reads.Values.Length == 0)
            throw new ContractException(FaultCode.OutOfTurn, "nothing of the image was scanned yet, so there is nothing to complete; scan a segment first");
        if ((long)reads.Width * reads.Height > MostPixels)
            throw new ContractException(FaultCode.TooLarge, $"an image of {reads.Width} x {reads.Height} is too large to complete; the limit is {MostPixels} pixels");
        int wrong = Array.FindIndex(reads.Values, value => !float.IsFinite(value));
        if (wrong >= 0)
            throw new ContractException(FaultCode.BadField, $"value {wrong % reads.Run + 1} of segment {wrong / reads.Run + 1} is {reads.Values[wrong]}, not a number; scan that segment again");
        (double mean, double deviation) = reads.Moments();
        float[] image = new float[reads.Width * reads.Height], uncertainty = new float[image.Length];
        if (deviation <= 1e-6 * Math.Abs(mean) || deviation < 1e-30)
        {
            // All the same: so is the image. How wrong that is elsewhere cannot be known from it.
            image.AsSpan().Fill((float)mean);
            return new CompletedScan(image, uncertainty);
        }
        lock (_gate)
            Run(reads, mean, deviation, image, uncertainty);
        return new CompletedScan(image, uncertainty);
    }

    private static float[] WithoutCorrection(float[] channels, int count)
    {
        float[] cells = new float[GeneratorNetwork.Outputs * count];
        for (int cell = 0; cell < count; cell++)
            cells[ScanInput.CellPixels * count + cell] = 2 * MathF.Log(channels[ScanInput.DeviationChannel * count + cell] + 1e-6f);
        return cells;
    }

    private void Run(ScanReads reads, double mean, double deviation, float[] image, float[] uncertainty)
    {
        var size = new ScanInput(reads.Width, reads.Height);
        if (_input is null || _input.Width != size.Width || _input.Height != size.Height)
            _input = size;
        ScanInput input = _input;
        int[] pixels = [.. reads.Pixels.Select(pixel => pixel / reads.Width * input.Width + pixel % reads.Width)];
        float[] values = [.. reads.Values.Select(value => (float)((value - mean) / deviation))];
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float[] channels = new float[input.Length];
        input.Fill(pixels, values, reads.Run, channels);
        ReadOnlySpan<float> cells = _generator is null
            ? WithoutCorrection(channels, input.CellRows * input.CellColumns)
            : System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(_generator.call(tensor(channels, [1, ScanInput.Channels, input.CellRows, input.CellColumns])).contiguous().bytes);
        int count = input.CellColumns * input.CellRows;
        float[] error = new float[count], spread = new float[input.Width * input.Height];
        for (int cell = 0; cell < count; cell++)
            error[cell] = MathF.Exp(0.5f * Math.Clamp(cells[ScanInput.CellPixels * count + cell], -20, 20));
        Upsampling.Bilinear(error, input.CellColumns, input.CellRows, ScanInput.Cell, spread);
        for (int y = 0; y < reads.Height; y++)
        {
            for (int x = 0; x < reads.Width; x++)
            {
                int cell = y / ScanInput.Cell * input.CellColumns + x / ScanInput.Cell, place = y % ScanInput.Cell * ScanInput.Cell + x % ScanInput.Cell;
                image[y * reads.Width + x] = (float)(mean + deviation * (channels[place * count + cell] + cells[place * count + cell]));
                uncertainty[y * reads.Width + x] = (float)(deviation * spread[y * input.Width + x]);
            }
        }
    }
}
