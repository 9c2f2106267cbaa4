namespace Bridge.Agents.AdaptiveScan.Evaluation;

/// <summary>How like a completion is to its target, both in units in which the target runs from -1 to 1.</summary>
/// <param name="Mse">Mean square error.</param>
/// <param name="PsnrDb">Peak signal (2) to noise ratio, dB; at most 100.</param>
/// <param name="Ssim">Structural similarity (Wang et al. 2004), -1 to 1.</param>
public sealed record ImageQuality(double Mse, double PsnrDb, double Ssim)
{
    private const double Range = 2, MostDb = 100;

    /// <param name="image">(height, width).</param>
    /// <param name="target">(height, width).</param>
    public static ImageQuality Of(ReadOnlySpan<float> image, ReadOnlySpan<float> target, int width, int height)
    {
        double sum = 0;
        for (int i = 0; i < target.Length; i++)
            sum += ((double)image[i] - target[i]) * ((double)image[i] - target[i]);
        double mse = sum / target.Length;
        return new ImageQuality(mse, mse > 0 ? Math.Min(MostDb, 10 * Math.Log10(Range * Range / mse)) : MostDb, StructuralSimilarity.Of(image, target, width, height, Range));
    }
}
