using Bridge.Agents.Classifier.Training;

namespace Bridge.Agents.Classifier.SemiSupervised.Augmentation;

/// <summary>
/// FixMatch's strong augmentation on grey crops (Sohn et al. 2020, section 2.3 and Table 12): after the weak one, two operations of <see cref="StrongOperation"/> of
/// random strength (RandAugment), then cut-out: a square of up to half the side is made grey. Grey levels are in units of the crop's standard deviation.
/// One thread at a time: it keeps buffers.
/// </summary>
/// <param name="size">Pixels along a side.</param>
/// <param name="strength">How far shapes and cut-out go, 0 to 1; FixMatch's is 1.</param>
/// <param name="greyStrength">How far grey levels go, 0 to 1; FixMatch's is 1.</param>
public sealed class StrongAugmentation(int size, double strength = 1, double greyStrength = 1)
{
    private const int Operations = 2;
    private const double MostTurn = Math.PI / 6, MostShear = 0.3, MostShift = 0.3, MostGain = 0.7, MostBrightness = 1, MostCutOut = 0.5;
    private const int FewestLevels = 4, MostLevels = 32;

    private static readonly int s_kinds = Enum.GetValues<StrongOperation>().Length;

    private readonly float[] _a = new float[size * size];
    private readonly float[] _b = new float[size * size];

    /// <summary>Writes an augmented copy of a square crop.</summary>
    /// <param name="crop">(size, size), row-major.</param>
    /// <param name="to">(size, size); may be <paramref name="crop"/>.</param>
    public void Apply(ReadOnlySpan<float> crop, Span<float> to, Random random)
    {
        WeakAugmentation.Apply(crop, _a, size, random);
        (float[] now, float[] other) = (_a, _b);
        for (int i = 0; i < Operations; i++)
        {
            if (Apply((StrongOperation)random.Next(s_kinds), now, other, random))
                (now, other) = (other, now);
        }
        CutOut(now, random);
        now.CopyTo(to);
    }

    /// <returns>True if the result is in <paramref name="to"/>; else it is where it was.</returns>
    private bool Apply(StrongOperation operation, float[] image, float[] to, Random random)
    {
        double drawn = 2 * random.NextDouble() - 1, by = strength * drawn, grey = greyStrength * drawn; // drawn for every operation, so that the numbers that follow do not depend on it
        (float mean, float deviation) = Moments(image);
        switch (operation)
        {
            case StrongOperation.Rotate:
                (double sin, double cos) = Math.SinCos(by * MostTurn);
                Warp(image, to, cos, -sin, sin, cos, 0, 0);
                return true;
            case StrongOperation.ShearX:
                Warp(image, to, 1, by * MostShear, 0, 1, 0, 0);
                return true;
            case StrongOperation.ShearY:
                Warp(image, to, 1, 0, by * MostShear, 1, 0, 0);
                return true;
            case StrongOperation.TranslateX:
                Warp(image, to, 1, 0, 0, 1, by * MostShift * size, 0);
                return true;
            case StrongOperation.TranslateY:
                Warp(image, to, 1, 0, 0, 1, 0, by * MostShift * size);
                return true;
            case StrongOperation.Brightness:
                Scale(image, mean, 1, (float)(grey * MostBrightness) * deviation);
                return false;
            case StrongOperation.Contrast:
                Scale(image, mean, (float)(1 + grey * MostGain), 0);
                return false;
            case StrongOperation.Sharpness:
                Sharpen(image, to, (float)grey);
                return true;
            case StrongOperation.Posterise:
                Posterise(image, mean, deviation, FewestLevels + (int)((1 - Math.Abs(grey)) * (MostLevels - FewestLevels)));
                return false;
            default:
                return false;
        }
    }

    /// <summary>Looks up each pixel, seen from the centre, at (a x + b y + dx, c x + d y + dy), bilinearly; beyond the edge lies the edge's value.</summary>
    private void Warp(float[] image, float[] to, double a, double b, double c, double d, double dx, double dy)
    {
        float centre = (size - 1) / 2f, most = size - 1;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                float fromCentreX = x - centre, fromCentreY = y - centre;
                float atX = Math.Clamp((float)(a * fromCentreX + b * fromCentreY + dx) + centre, 0, most);
                float atY = Math.Clamp((float)(c * fromCentreX + d * fromCentreY + dy) + centre, 0, most);
                int x0 = Math.Min((int)atX, size - 2), y0 = Math.Min((int)atY, size - 2), at = y0 * size + x0;
                float shareX = atX - x0, shareY = atY - y0;
                float top = image[at] + shareX * (image[at + 1] - image[at]), bottom = image[at + size] + shareX * (image[at + size + 1] - image[at + size]);
                to[y * size + x] = top + shareY * (bottom - top);
            }
        }
    }

    private static void Scale(float[] image, float mean, float gain, float shift)
    {
        for (int i = 0; i < image.Length; i++)
            image[i] = mean + gain * (image[i] - mean) + shift;
    }

    /// <summary>Adds (by > 0) or takes away (by &lt; 0) what a 3 x 3 mean takes away; -1 is that mean.</summary>
    private void Sharpen(float[] image, float[] to, float by)
    {
        for (int y = 0; y < size; y++)
        {
            int above = Math.Max(y - 1, 0) * size, row = y * size, below = Math.Min(y + 1, size - 1) * size;
            for (int x = 0; x < size; x++)
            {
                int left = Math.Max(x - 1, 0), right = Math.Min(x + 1, size - 1);
                float mean = (image[above + left] + image[above + x] + image[above + right] + image[row + left] + image[row + x] + image[row + right]
                    + image[below + left] + image[below + x] + image[below + right]) / 9;
                to[row + x] = image[row + x] + by * (image[row + x] - mean);
            }
        }
    }

    /// <summary>Keeps so many grey levels between -3 and 3 standard deviations.</summary>
    private static void Posterise(float[] image, float mean, float deviation, int levels)
    {
        float step = 6 * Math.Max(deviation, 1e-6f) / levels;
        for (int i = 0; i < image.Length; i++)
            image[i] = mean + step * MathF.Round((image[i] - mean) / step);
    }

    private void CutOut(float[] image, Random random)
    {
        int side = (int)(random.NextDouble() * MostCutOut * strength * size), centreX = random.Next(size), centreY = random.Next(size);
        (float mean, _) = Moments(image);
        for (int y = Math.Max(0, centreY - side / 2); y < Math.Min(size, centreY - side / 2 + side); y++)
            image.AsSpan(y * size, size)[Math.Max(0, centreX - side / 2)..Math.Min(size, centreX - side / 2 + side)].Fill(mean);
    }

    private static (float Mean, float Deviation) Moments(float[] image)
    {
        double sum = 0, squares = 0;
        foreach (float value in image)
            (sum, squares) = (sum + value, squares + (double)value * value);
        double mean = sum / image.Length;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, squares / image.Length - mean * mean)));
    }
}
