namespace Bridge.Agents.Alignment.Camera;

/// <summary>
/// Finds the one bright disk in a camera picture, to a small part of a pixel. A coarse copy of the picture, whose noise is averaged, gives threshold
/// and blob; a circle fitted to the blob's edge at full resolution gives the centre, so that neither a gain gradient nor a part hidden behind the edge of the
/// screen or a beam stop moves it.
/// </summary>
public static class DiskFinder
{
    /// <summary>Edge of the coarse copy, at most.</summary>
    private const int CoarseEdge = 128;

    /// <summary>A beam is so many times brighter than the noise of the coarse copy.</summary>
    private const double LeastContrast = 8;

    /// <summary>A second blob of this share of the first one's area is another beam.</summary>
    private const double SecondBeam = 0.2;

    /// <summary>Share of a disk that a beam stop leaves.</summary>
    private const double LeastOfDisk = 0.6;

    /// <summary>A blob that fills more is no disk on a dark screen.</summary>
    private const double MostOfPicture = 0.7;

    public static FoundDisk Find(CameraPicture picture)
    {
        int step = Math.Max(1, (Math.Max(picture.Width, picture.Height) + CoarseEdge - 1) / CoarseEdge);
        (float[] coarse, int width, int height) = Coarse(picture, step);
        float[] sorted = [.. coarse];
        Array.Sort(sorted);
        double dark = sorted[sorted.Length / 4], bright = sorted[^Math.Max(1, sorted.Length / 400)];
        if (dark >= picture.Full)
            return FoundDisk.None("the picture is saturated nearly everywhere: shorten the exposure");
        double noise = Noise(coarse, width);
        if (bright - dark <= LeastContrast * noise || bright <= dark)
            return FoundDisk.None("no beam stands out of the background: see that it is not blanked and hits the screen");
        double threshold = (dark + bright) / 2;
        List<Blob> blobs = Blob.All(coarse, width, height, threshold);
        Blob largest = blobs.MaxBy(blob => blob.Pixels.Count)!;
        if (largest.Pixels.Count > MostOfPicture * coarse.Length)
            return FoundDisk.None("the picture is bright nearly everywhere: see that the disk is smaller than the screen");
        // A beam stop may cut one disk in two: what is one disk fills one circle.
        List<Blob> large = blobs.FindAll(blob => blob.Pixels.Count >= Math.Max(2, SecondBeam * largest.Pixels.Count));
        Blob all = large.Count == 1 ? largest : new Blob([.. large.SelectMany(blob => blob.Pixels)]);
        FoundDisk disk = DiskEdge.Fit(picture, all, width, step, threshold, bright - dark);
        if (disk.Centre is { } centre && Fills(all, width, height, step, centre, disk.RadiusPx))
            return disk;
        return disk.Centre is null && large.Count == 1 ? disk : FoundDisk.None("there is more than one beam in the picture");
    }

    /// <summary>True if all pixels lie within a circle and are most of it, as far as it is in the picture.</summary>
    private static bool Fills(Blob blob, int width, int height, int step, Xy centre, double radius)
    {
        if (blob.Pixels.Exists(pixel => DistanceTo(pixel) > radius + 1.5 * step))
            return false;
        int inside = 0;
        for (int pixel = 0; pixel < width * height; pixel++)
            inside += DistanceTo(pixel) <= radius ? 1 : 0;
        return blob.Pixels.Count >= LeastOfDisk * inside;

        double DistanceTo(int pixel) => (new Xy((pixel % width + 0.5) * step - 0.5, (pixel / width + 0.5) * step - 0.5) - centre).Length;
    }

    private static (float[] Grey, int Width, int Height) Coarse(CameraPicture picture, int step)
    {
        int width = picture.Width / step, height = picture.Height / step;
        float[] coarse = new float[width * height];
        for (int y = 0; y < height * step; y++)
        {
            ReadOnlySpan<float> row = picture.Grey.AsSpan(y * picture.Width, width * step);
            Span<float> sums = coarse.AsSpan(y / step * width, width);
            for (int x = 0; x < row.Length; x++)
                sums[x / step] += row[x];
        }
        for (int i = 0; i < coarse.Length; i++)
            coarse[i] /= step * step;
        return (coarse, width, height);
    }

    /// <summary>Standard deviation of the coarse copy, from the median difference of neighbours: edges are too few to matter.</summary>
    private static double Noise(float[] coarse, int width)
    {
        var differences = new List<float>(coarse.Length);
        for (int i = 1; i < coarse.Length; i++)
        {
            if (i % width != 0)
                differences.Add(Math.Abs(coarse[i] - coarse[i - 1]));
        }
        differences.Sort();
        return differences[differences.Count / 2] / (0.6745 * Math.Sqrt(2));
    }
}
