using Bridge.Agents.AdaptiveScan.Images;

namespace Bridge.Agents.Classifier.Training;

/// <summary>Weak augmentation (Sohn et al. 2020): a crop flipped and turned by quarters at random, and shifted by up to an eighth of its side; pixels from beyond the edge repeat the edge.</summary>
public static class WeakAugmentation
{
    /// <param name="crop">(size, size).</param>
    /// <param name="to">(size, size).</param>
    public static void Apply(ReadOnlySpan<float> crop, Span<float> to, int size, Random random)
    {
        var symmetry = new Symmetry(random.Next(Symmetry.Count));
        int most = size / 8, shiftX = random.Next(-most, most + 1), shiftY = random.Next(-most, most + 1);
        for (int y = 0, pixel = 0; y < size; y++)
        {
            int row = Math.Clamp(y + shiftY, 0, size - 1) * size;
            for (int x = 0; x < size; x++, pixel++)
                to[symmetry.Map(pixel, size)] = crop[row + Math.Clamp(x + shiftX, 0, size - 1)];
        }
    }
}
