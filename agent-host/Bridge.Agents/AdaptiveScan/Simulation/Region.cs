namespace Bridge.Agents.AdaptiveScan.Simulation;

/// <summary>A part of the field with a soft, wavy border.</summary>
/// <param name="Inside">1 inside, 0 outside, between them at the border; of a place in px.</param>
internal sealed record Region(Func<(double X, double Y), double> Inside)
{
    private const double BorderPx = 1.5;

    /// <summary>One side of a wavy line, 25 to 75 % of the field.</summary>
    public static Region HalfPlane(int width, int height, Random random)
    {
        double angle = 2 * Math.PI * random.NextDouble(), offset = (random.NextDouble() - 0.5) * 0.5 * Math.Min(width, height);
        double wave = 6 * random.NextDouble(), period = 30 + 60 * random.NextDouble(), phase = 2 * Math.PI * random.NextDouble();
        (double sin, double cos) = Math.SinCos(angle);
        return new Region(at =>
        {
            double x = at.X - width / 2.0, y = at.Y - height / 2.0;
            double along = -x * sin + y * cos;
            return Soft(x * cos + y * sin - offset + wave * Math.Sin(2 * Math.PI * along / period + phase));
        });
    }

    /// <summary>A round part with its middle in the field.</summary>
    /// <param name="radius">As a fraction of the smaller side.</param>
    public static Region Disk(int width, int height, double radius, Random random)
        => DiskAt(random.NextDouble() * width, random.NextDouble() * height, radius * Math.Min(width, height), random);

    public static Region DiskAt(double x, double y, double radiusPx, Random random)
    {
        int lobes = 2 + random.Next(4);
        double wave = 0.15 * random.NextDouble(), phase = 2 * Math.PI * random.NextDouble();
        return new Region(at =>
        {
            double dx = at.X - x, dy = at.Y - y;
            double radius = radiusPx * (1 + wave * Math.Sin(lobes * Math.Atan2(dy, dx) + phase));
            return Soft(radius - Math.Sqrt(dx * dx + dy * dy));
        });
    }

    private static double Soft(double insidePx) => 1 / (1 + Math.Exp(-insidePx / BorderPx * 2));
}
