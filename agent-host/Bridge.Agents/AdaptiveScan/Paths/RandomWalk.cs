namespace Bridge.Agents.AdaptiveScan.Paths;

/// <summary>A fixed path of segments end to end, in random directions that do not leave the image.</summary>
public sealed class RandomWalk : IScanPolicy
{
    private const int MostTrials = 64;

    private readonly ScanSegment[] _segments;

    /// <param name="turnRad">Largest turn from one segment to the next, 0 to pi; where no such turn stays inside, any is taken.</param>
    public RandomWalk(ScanGeometry geometry, int seed, double turnRad = Math.PI)
    {
        var random = new Random(seed);
        _segments = new ScanSegment[geometry.Segments];
        double x = (geometry.Width - 1) / 2.0, y = (geometry.Height - 1) / 2.0, before = 2 * Math.PI * random.NextDouble();
        for (int t = 0; t < _segments.Length; t++)
        {
            double direction = before, endX = x, endY = y;
            for (int trial = 0; trial < MostTrials; trial++)
            {
                direction = before + (2 * random.NextDouble() - 1) * (trial < MostTrials / 2 ? turnRad : Math.PI);
                (endX, endY) = (x + geometry.SegmentLength * Math.Cos(direction), y + geometry.SegmentLength * Math.Sin(direction));
                if (endX >= 0 && endY >= 0 && endX <= geometry.Width - 1 && endY <= geometry.Height - 1)
                    break;
            }
            _segments[t] = new ScanSegment(x, y, Math.IEEERemainder(direction, 2 * Math.PI));
            (x, y, before) = (Math.Clamp(endX, 0, geometry.Width - 1), Math.Clamp(endY, 0, geometry.Height - 1), direction);
        }
    }

    public string Name => ScanPolicies.RandomWalk;

    public ScanSegment Next(PartialScan scan) => _segments[scan.Segments.Count];

    public void Observe(PartialScan scan)
    {
    }
}
