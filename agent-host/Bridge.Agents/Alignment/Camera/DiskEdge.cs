namespace Bridge.Agents.Alignment.Camera;

/// <summary>
/// The circle along the edge of a blob. Rays from its middle meet the edge where the smoothed grey value falls through the threshold; a circle goes
/// through these points by least squares (Kåsa 1976), again and again without the points that lie off it: those at the screen's edge or along a beam stop.
/// </summary>
internal static class DiskEdge
{
    private const int Rays = 180;

    /// <summary>Points of these many px off the circle are kept in any case.</summary>
    private const double AlwaysKept = 0.75;

    /// <summary>Times that points off the circle are left out and it is fitted again.</summary>
    private const int Rounds = 8;

    /// <summary>Share of the contrast by which the grey value falls across the edge: slow changes of background or gain are no edge.</summary>
    private const double LeastJump = 0.4;

    /// <summary>With fewer rays that meet an edge there is no circle to speak of.</summary>
    private const int LeastPoints = Rays / 5;

    public static FoundDisk Fit(CameraPicture picture, Blob blob, int coarseWidth, int step, double threshold, double contrast)
    {
        double x = blob.Pixels.Average(pixel => pixel % coarseWidth), y = blob.Pixels.Average(pixel => (double)(pixel / coarseWidth));
        var middle = new Xy((x + 0.5) * step - 0.5, (y + 0.5) * step - 0.5);
        double reach = 3 * step + 2 * Math.Sqrt(blob.Pixels.Count / Math.PI) * step;
        var points = new List<Xy>(Rays);
        for (int ray = 0; ray < Rays; ray++)
        {
            double angle = 2 * Math.PI * ray / Rays;
            if (Crossing(picture, middle, new Xy(Math.Cos(angle), Math.Sin(angle)), 2 * reach, threshold, LeastJump * contrast, Math.Max(1, step / 2)) is { } point)
                points.Add(point);
        }
        if (points.Count < LeastPoints)
            return FoundDisk.None("too little of the disk is on the screen: bring it nearer to the middle by hand");
        (Xy centre, double radius) = Circle(points);
        for (int round = 0; round < Rounds; round++)
        {
            double[] off = [.. points.Select(point => Math.Abs((point - centre).Length - radius))];
            double limit = Math.Max(AlwaysKept, 2.5 * off.Order().ElementAt(off.Length / 2));
            points = [.. points.Where((_, i) => off[i] <= limit)];
            if (points.Count < LeastPoints)
                return FoundDisk.None("the bright spot is no disk: see that it is the beam and nothing lies before it");
            (centre, radius) = Circle(points);
        }
        return centre.IsFinite && radius <= Math.Max(picture.Width, picture.Height)
            ? new FoundDisk(centre, radius, null)
            : FoundDisk.None("the bright spot is no disk: see that it is the beam and nothing lies before it");
    }

    /// <summary>Where the grey value along a ray falls through the threshold for the last time: a beam stop is passed on the way. Null if the ray leaves the
    /// picture within the disk, or meets no such edge.</summary>
    private static Xy? Crossing(CameraPicture picture, Xy from, Xy direction, double reach, double threshold, double jump, int smooth)
    {
        double before = double.NaN;
        Xy? last = null;
        for (double r = 0; r <= reach; r += 1)
        {
            if (Smoothed(picture, from + r * direction, smooth) is not { } grey)
                break;
            if (before >= threshold && grey < threshold)
            {
                Xy point = from + (r - 1 + (before - threshold) / (before - grey)) * direction;
                if (Smoothed(picture, point - 3 * smooth * direction, smooth) - Smoothed(picture, point + 3 * smooth * direction, smooth) >= jump)
                    last = point;
            }
            before = grey;
        }
        return before < threshold ? last : null;
    }

    /// <summary>Mean over a small square around a point; null outside the picture.</summary>
    private static double? Smoothed(CameraPicture picture, Xy at, int half)
    {
        int left = (int)Math.Floor(at.X), top = (int)Math.Floor(at.Y);
        if (left - half < 0 || top - half < 0 || left + half + 1 >= picture.Width || top + half + 1 >= picture.Height)
            return null;
        double fx = at.X - left, fy = at.Y - top, sum = 0, weights = 0;
        for (int dy = -half; dy <= half + 1; dy++)
        {
            // The two outermost rows and columns share one pixel's weight, so that the square moves evenly with the point.
            double wy = dy == -half ? 1 - fy : dy == half + 1 ? fy : 1;
            for (int dx = -half; dx <= half + 1; dx++)
            {
                double weight = wy * (dx == -half ? 1 - fx : dx == half + 1 ? fx : 1);
                sum += weight * picture.Grey[(top + dy) * picture.Width + left + dx];
                weights += weight;
            }
        }
        return sum / weights;
    }

    /// <summary>The circle with the least sum of squared (x² + y² - 2 a x - 2 b y - c).</summary>
    private static (Xy Centre, double Radius) Circle(List<Xy> points)
    {
        // About the points' own mean, so that the sums stay well conditioned.
        var mean = new Xy(points.Average(point => point.X), points.Average(point => point.Y));
        double xx = 0, xy = 0, yy = 0, xz = 0, yz = 0, z = 0;
        foreach (Xy point in points)
        {
            Xy p = point - mean;
            double square = p.Dot(p);
            (xx, xy, yy) = (xx + p.X * p.X, xy + p.X * p.Y, yy + p.Y * p.Y);
            (xz, yz, z) = (xz + p.X * square, yz + p.Y * square, z + square);
        }
        Xy centre = 0.5 * (new Matrix2(xx, xy, xy, yy).Inverse * new Xy(xz, yz));
        return (centre + mean, Math.Sqrt(z / points.Count + centre.Dot(centre)));
    }
}
