namespace Bridge.Agents.AdaptiveScan;

/// <summary>
/// A fixed path: an Archimedean spiral of even density from the middle to the edges, in straight pieces end to end. The first piece points
/// to a corner, as the adaptive paths of Ede 2021 do; the seed chooses the corner and the sense of rotation. On an image that is not square it
/// is stretched with it.
/// </summary>
public sealed class SpiralPath : IScanPolicy
{
    private const int Halvings = 36;

    private readonly ScanSegment[] _segments;

    public SpiralPath(ScanGeometry geometry, int seed)
    {
        var generator = new Generator(geometry, corner: seed & 3, sense: (seed & 4) == 0 ? 1 : -1);
        // The tighter it is wound, the less far out it ends: bisection for the one that ends at the edge.
        // It starts around the pace at which a spiral as long as the path has the radius of the image.
        double pace = Math.Sqrt((double)geometry.Width * geometry.Height) / (4 * geometry.Segments * geometry.SegmentLength);
        double tight = pace / 16, wide = pace * 64;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = Math.Sqrt(tight * wide);
            if (generator.Run(middle, null) < 1)
                tight = middle;
            else
                wide = middle;
        }
        _segments = new ScanSegment[geometry.Segments];
        generator.Run(tight, _segments);
    }

    public string Name => ScanPolicies.Spiral;

    public ScanSegment Next(PartialScan scan) => At(scan.Segments.Count);

    public ScanSegment? Ahead(PartialScan scan) => scan.Segments.Count + 1 < _segments.Length ? At(scan.Segments.Count + 1) : null;

    /// <summary>A segment by its number, from 0.</summary>
    public ScanSegment At(int segment) => _segments[segment];

    public void Observe(PartialScan scan)
    {
    }

    /// <summary>Winds spirals r = pace · angle, with r in units of the half image.</summary>
    private readonly struct Generator(ScanGeometry geometry, int corner, int sense)
    {
        /// <summary>Relative accuracy of a piece's length.</summary>
        private const double Accuracy = 1e-9;

        private const int MostTrials = 40;

        private double HalfWidth => (geometry.Width - 1) / 2.0;

        private double HalfHeight => (geometry.Height - 1) / 2.0;

        /// <param name="pace">Growth of the radius for one radian.</param>
        /// <param name="segments">Takes the pieces; null to find only where they end.</param>
        /// <returns>Radius of the last end, or more than 1 as soon as an end is outside.</returns>
        public double Run(double pace, ScanSegment[]? segments)
        {
            // The first end has the same radius for every pace: a piece of this length towards the corner.
            double angle = geometry.SegmentLength / (Math.Sqrt(HalfWidth * HalfWidth + HalfHeight * HalfHeight) / Math.Sqrt(2) * pace);
            double phase = Math.PI / 4 + corner * Math.PI / 2 - sense * angle;
            (double x, double y) = (HalfWidth, HalfHeight);
            for (int t = 0; t < geometry.Segments; t++)
            {
                if (t > 0)
                    angle = EndOf(x, y, angle, pace, phase);
                if (segments is null && pace * angle > 1)
                    return pace * angle;
                (double nextX, double nextY) = At(angle, pace, phase);
                if (segments is not null)
                    segments[t] = new ScanSegment(x, y, Math.Atan2(nextY - y, nextX - x));
                (x, y) = (nextX, nextY);
            }
            return pace * angle;
        }

        /// <summary>The first angle behind <paramref name="from"/> at which the spiral is one segment away.</summary>
        private double EndOf(double x, double y, double from, double pace, double phase)
        {
            // Strides that are short against the piece, so that a nearer crossing is not stepped over.
            double stride = 0.25 * geometry.SegmentLength / (pace * Math.Max(HalfWidth, HalfHeight) * (1 + from));
            double near = from, far = from + stride, nearBy = -geometry.SegmentLength, farBy;
            while ((farBy = DistanceTo(x, y, far, pace, phase) - geometry.SegmentLength) < 0)
                (near, far, nearBy) = (far, far + stride, farBy);
            // Regula falsi, Illinois: an end that stays twice counts half.
            double angle = far;
            for (int i = 0; i < MostTrials; i++)
            {
                angle = (near * farBy - far * nearBy) / (farBy - nearBy);
                double by = DistanceTo(x, y, angle, pace, phase) - geometry.SegmentLength;
                if (Math.Abs(by) < Accuracy * geometry.SegmentLength)
                    break;
                if (by < 0)
                    (near, nearBy, farBy) = (angle, by, farBy / 2);
                else
                    (far, farBy, nearBy) = (angle, by, nearBy / 2);
            }
            return angle;
        }

        private double DistanceTo(double x, double y, double angle, double pace, double phase)
        {
            (double atX, double atY) = At(angle, pace, phase);
            return Math.Sqrt((atX - x) * (atX - x) + (atY - y) * (atY - y));
        }

        private (double X, double Y) At(double angle, double pace, double phase)
        {
            double radius = pace * angle;
            return (HalfWidth * (1 + radius * Math.Cos(phase + sense * angle)), HalfHeight * (1 + radius * Math.Sin(phase + sense * angle)));
        }
    }
}
