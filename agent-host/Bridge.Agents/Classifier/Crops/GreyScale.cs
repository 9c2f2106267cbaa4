namespace Bridge.Agents.Classifier.Crops;

/// <summary>
/// Robust normalisation of pictures: the median becomes 0 and 1.4826 times the median absolute deviation, which is the standard deviation of normal noise, becomes 1. One scale serves all pictures of
/// one exposure, so that how dark a hole is beside the others is kept: that is its ice. What lies beyond ±<see cref="Limit"/>, such as hot pixels, is clipped to it.
/// </summary>
/// <param name="Median">Of the pixels.</param>
/// <param name="Deviation">1.4826 times the median absolute deviation, above 0.</param>
public readonly record struct GreyScale(float Median, float Deviation)
{
    public const float Limit = 6;

    /// <summary>Standard deviation of normal noise, for each median absolute deviation.</summary>
    internal const float NormalOfMedian = 1.4826f;

    private const int MostSamples = 200_000;

    /// <summary>The scale of these pictures, from at most 200 000 of their pixels, evenly spread; pixels that are no numbers do not count.</summary>
    /// <returns>A deviation of 1 where all pixels are the same or there is none: no contrast stays none.</returns>
    public static GreyScale Of(IEnumerable<ReadOnlyMemory<float>> pictures)
    {
        ReadOnlyMemory<float>[] all = [.. pictures];
        long pixels = all.Sum(picture => (long)picture.Length);
        int step = (int)Math.Max(1, (pixels + MostSamples - 1) / MostSamples) | 1; // odd, so that it is no column of a picture of even width
        var samples = new List<float>(MostSamples);
        int skip = 0;
        foreach (ReadOnlyMemory<float> picture in all)
        {
            ReadOnlySpan<float> values = picture.Span;
            for (; skip < values.Length; skip += step)
            {
                if (float.IsFinite(values[skip]))
                    samples.Add(values[skip]);
            }
            skip -= values.Length;
        }
        if (samples.Count == 0)
            return new GreyScale(0, 1);
        float median = MedianOf(samples);
        for (int i = 0; i < samples.Count; i++)
            samples[i] = Math.Abs(samples[i] - median);
        float deviation = NormalOfMedian * MedianOf(samples);
        return new GreyScale(median, deviation > 0 && float.IsFinite(deviation) ? deviation : 1);
    }

    /// <summary>Normalises in place; pixels that are no numbers become 0, the median.</summary>
    public void Apply(Span<float> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            float value = (pixels[i] - Median) / Deviation;
            pixels[i] = float.IsNaN(value) ? 0 : Math.Clamp(value, -Limit, Limit);
        }
    }

    /// <summary>The upper median; sorts the values, of which there is one or more.</summary>
    internal static float MedianOf(List<float> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
