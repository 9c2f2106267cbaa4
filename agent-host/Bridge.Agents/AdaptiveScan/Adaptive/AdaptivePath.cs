namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>
/// An adaptive path: a wide spiral over the whole field first, then each segment where it is expected to take most from the error of the completed image. An error
/// model says, from what was read so far, how large the error of each cell would be at a distance from the path; a planner finds the path that leaves the least.
/// </summary>
public sealed class AdaptivePath : IScanPolicy
{
    private readonly ScanGeometry _geometry;
    private readonly IErrorModel _model;
    private readonly PlannerSettings _settings;
    private readonly SpiralPath _spiral;
    private readonly int _spiralSegments;
    private readonly PathPlanner _planner;
    private readonly float[] _features, _amplitude, _reachSquared;
    private readonly List<ScanSegment> _decided = [];

    public AdaptivePath(ScanGeometry geometry, int seed, IErrorModel model, PlannerSettings? settings = null)
    {
        (_geometry, _model, _settings) = (geometry, model, settings ?? new PlannerSettings());
        // The lag needs a segment that is decided before anything was read.
        _spiralSegments = Math.Clamp((int)Math.Round(_settings.SpiralShare * geometry.Segments), Math.Min(1 + _settings.Lag, geometry.Segments), geometry.Segments);
        _spiral = new SpiralPath(geometry with { Segments = _spiralSegments }, seed);
        Field = new CellField(geometry);
        _planner = new PathPlanner(geometry, _settings, Field.Length);
        (_features, _amplitude, _reachSquared) = (new float[CellField.Features * Field.Length], new float[Field.Length], new float[Field.Length]);
        for (int i = 0; i <= Math.Min(_settings.Lag, geometry.Segments - 1); i++)
            Decide();
    }

    public string Name { get; init; } = ScanPolicies.Adaptive;

    /// <summary>What is known.</summary>
    public CellField Field { get; }

    public ScanSegment Next(PartialScan scan) => _decided[scan.Segments.Count];

    public ScanSegment? Ahead(PartialScan scan) => scan.Segments.Count + 1 < _decided.Count ? _decided[scan.Segments.Count + 1] : null;

    public void Observe(PartialScan scan)
    {
        int last = scan.Segments.Count - 1;
        if (_decided[last] != scan.Segments[last])
        {
            // What was scanned counts, also where it is not what was decided here.
            _decided[last] = scan.Segments[last];
            Field.Pass(scan.Segments[last]);
        }
        Field.Read(scan.Segments[last], scan.ValuesOf(last));
        if (_decided.Count < _geometry.Segments)
            Decide();
    }

    private void Decide()
    {
        ScanSegment segment = _decided.Count < _spiralSegments ? _spiral.At(_decided.Count) : Plan();
        _decided.Add(segment);
        Field.Pass(segment);
    }

    private ScanSegment Plan()
    {
        ScanSegment before = _decided[^1];
        double x = before.X + _geometry.SegmentLength * Math.Cos(before.DirectionRad), y = before.Y + _geometry.SegmentLength * Math.Sin(before.DirectionRad);
        Field.WriteFeatures(_features);
        _model.Expect(_features, _amplitude, _reachSquared);
        _amplitude.AsSpan(Field.Count).Clear();
        double direction = _planner.Next(x, y, before.DirectionRad, _geometry.Segments - _decided.Count, Field, _amplitude, _reachSquared);
        return new ScanSegment(x, y, Math.IEEERemainder(direction, 2 * Math.PI));
    }
}
