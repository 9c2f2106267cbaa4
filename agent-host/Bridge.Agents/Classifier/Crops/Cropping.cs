namespace Bridge.Agents.Classifier.Crops;

/// <summary>Cuts crops out of images.</summary>
public static class Cropping
{
    /// <summary>
    /// Cuts one crop. Each of its pixels is the mean of bilinear samples on a square lattice, one sample for each pixel of the image that it covers along a side (rounded up), so that
    /// shrinking averages and nothing is skipped; enlarging is bilinear. Where more than half of the samples lie outside the image, or are no numbers, the pixel is NaN; else the mean is of the others.
    /// </summary>
    /// <param name="image">(height, width), row by row.</param>
    /// <param name="to">(size, size).</param>
    /// <returns>Share of the crop's pixels that have a value.</returns>
    public static double Cut(ReadOnlySpan<float> image, int width, int height, CropFrame frame, Span<float> to, int size)
    {
        if (image.Length < (long)width * height || to.Length < size * size || !(frame.Step > 0) || !double.IsFinite(frame.X + frame.Y + frame.Step + frame.Angle))
            throw new ArgumentException($"a crop of {size} px at {frame} cannot be cut from {width} x {height} px");
        int samples = (int)Math.Clamp(Math.Ceiling(frame.Step), 1, 64), there = 0;
        (double sin, double cos) = Math.SinCos(frame.Angle);
        for (int row = 0, at = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, at++)
            {
                double sum = 0;
                int count = 0;
                for (int i = 0; i < samples * samples; i++)
                {
                    double u = (column - size / 2.0 + (i % samples + 0.5) / samples) * frame.Step, v = (row - size / 2.0 + (i / samples + 0.5) / samples) * frame.Step;
                    float value = Sample(image, width, height, frame.X + cos * u - sin * v - 0.5, frame.Y + sin * u + cos * v - 0.5);
                    if (float.IsNaN(value))
                        continue;
                    sum += value;
                    count++;
                }
                bool enough = 2 * count > samples * samples || (count > 0 && samples == 1);
                to[at] = enough ? (float)(sum / count) : float.NaN;
                there += enough ? 1 : 0;
            }
        }
        return (double)there / (size * size);
    }

    /// <summary>Between the middles of four pixels; up to half a pixel beyond the outermost middles the edge is repeated, farther out there is nothing.</summary>
    private static float Sample(ReadOnlySpan<float> image, int width, int height, double x, double y)
    {
        if (!(x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5))
            return float.NaN;
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        int left = Math.Min((int)x, Math.Max(0, width - 2)), top = Math.Min((int)y, Math.Max(0, height - 2)), right = Math.Min(left + 1, width - 1), bottom = Math.Min(top + 1, height - 1);
        float fx = (float)(x - left), fy = (float)(y - top);
        float upper = Mix(image[top * width + left], image[top * width + right], fx), lower = Mix(image[bottom * width + left], image[bottom * width + right], fx);
        return Mix(upper, lower, fy);
    }

    /// <summary>A neighbour that is no number counts only where it has weight.</summary>
    private static float Mix(float a, float b, float part) => part <= 0 ? a : part >= 1 ? b : a + (b - a) * part;
}
