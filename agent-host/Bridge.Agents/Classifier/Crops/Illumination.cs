using Bridge.Domain.Images;

namespace Bridge.Agents.Classifier.Crops;

/// <summary>Takes out of an image what is not the specimen's: the slope of the illumination and the dark beyond the beam's edge.</summary>
public static class Illumination
{
    /// <summary>Darker than this part of the median is no specimen: beyond the beam, or a grid bar.</summary>
    private const float DarkPart = 0.2f;

    /// <summary>Pixels farther from the plane than this many deviations do not count in it: holes, contamination.</summary>
    private const float MostDeviations = 3;

    private const int MostSamples = 40_000, Rounds = 3;

    /// <summary>
    /// Makes what lies beyond the beam NaN, where all values are positive, and takes the slope of the least-squares plane through the others off, fitted three times without its outliers; the mean stays.
    /// An image of fewer than 16 usable pixels, or without contrast, is left as it is.
    /// </summary>
    public static void Flatten(Picture picture)
    {
        float[] values = picture.Values;
        GreyScale scale = GreyScale.Of([values]);
        (float least, _) = picture.Range();
        float dark = least >= 0 ? DarkPart * scale.Median : float.NegativeInfinity;
        var samples = new List<(double X, double Y, double Value)>(MostSamples);
        int step = Math.Max(1, values.Length / MostSamples) | 1;
        for (int i = 0; i < values.Length; i += step)
        {
            if (values[i] >= dark)
                samples.Add((((double)(i % picture.Width) / picture.Width) - 0.5, ((double)(i / picture.Width) / picture.Height) - 0.5, values[i]));
        }
        double slopeX = 0, slopeY = 0, mean = scale.Median, most = MostDeviations * scale.Deviation;
        for (int round = 0; round < Rounds; round++)
        {
            if (Plane(samples, mean, slopeX, slopeY, most) is not { } plane)
                return;
            (mean, slopeX, slopeY) = plane;
        }
        for (int row = 0, i = 0; row < picture.Height; row++)
        {
            float offset = (float)(slopeY * (((double)row / picture.Height) - 0.5));
            for (int column = 0; column < picture.Width; column++, i++)
                values[i] = values[i] < dark ? float.NaN : values[i] - offset - (float)(slopeX * (((double)column / picture.Width) - 0.5));
        }
    }

    /// <summary>The plane through the samples near the last one; null if they are too few or lie on a line.</summary>
    private static (double Mean, double SlopeX, double SlopeY)? Plane(List<(double X, double Y, double Value)> samples, double mean, double slopeX, double slopeY, double most)
    {
        double n = 0, x = 0, y = 0, v = 0, xx = 0, xy = 0, yy = 0, xv = 0, yv = 0;
        foreach ((double X, double Y, double Value) s in samples)
        {
            if (Math.Abs(s.Value - mean - slopeX * s.X - slopeY * s.Y) > most)
                continue;
            n++;
            (x, y, v, xx, xy, yy, xv, yv) = (x + s.X, y + s.Y, v + s.Value, xx + s.X * s.X, xy + s.X * s.Y, yy + s.Y * s.Y, xv + s.X * s.Value, yv + s.Y * s.Value);
        }
        if (n < 16)
            return null;
        (xx, xy, yy, xv, yv) = (xx - x * x / n, xy - x * y / n, yy - y * y / n, xv - x * v / n, yv - y * v / n);
        double determinant = xx * yy - xy * xy;
        if (determinant < 1e-9 * n * n)
            return null;
        (double a, double b) = ((xv * yy - yv * xy) / determinant, (yv * xx - xv * xy) / determinant);
        return ((v - a * x - b * y) / n, a, b);
    }
}
