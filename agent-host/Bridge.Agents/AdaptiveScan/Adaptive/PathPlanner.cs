namespace Bridge.Agents.AdaptiveScan.Adaptive;

/// <summary>
/// Plans the rest of a path: a beam search over directions for the segments up to the horizon, that leaves the least expected error. The plan of the step before,
/// shifted by one, competes with it, so that a plan is only left for a better one. Deterministic; allocates nothing once made.
/// </summary>
internal sealed class PathPlanner
{
    private readonly ScanGeometry _geometry;
    private readonly PlannerSettings _settings;
    private readonly Node[] _beams, _next;
    private readonly float[] _scratch;
    private readonly (float Left, int Parent, double Direction)[] _best;
    private readonly double[] _plan;
    private int _planned;

    public PathPlanner(ScanGeometry geometry, PlannerSettings settings, int cells)
    {
        (_geometry, _settings) = (geometry, settings);
        _beams = [.. Enumerable.Range(0, settings.Beams).Select(_ => new Node(cells, settings.Horizon))];
        _next = [.. Enumerable.Range(0, settings.Beams).Select(_ => new Node(cells, settings.Horizon))];
        _best = new (float, int, double)[settings.Beams];
        _plan = new double[settings.Horizon];
        _scratch = new float[cells];
    }

    /// <summary>Direction of the next segment.</summary>
    /// <param name="x">Where it begins, px.</param>
    /// <param name="before">Direction of the segment before.</param>
    /// <param name="remaining">Segments left, from 1.</param>
    public double Next(double x, double y, double before, int remaining, CellField field, ReadOnlySpan<float> amplitude, ReadOnlySpan<float> reachSquared)
    {
        int depth = Math.Min(remaining, _settings.Horizon);
        float old = _planned == depth ? LeftBy(_plan.AsSpan(0, depth), x, y, field, amplitude, reachSquared) : float.PositiveInfinity;
        if (Search(x, y, before, depth, field, amplitude, reachSquared) is { } found && found.Left < old)
        {
            found.Directions.AsSpan(0, depth).CopyTo(_plan);
            _planned = depth;
        }
        if (_planned == 0)
            return Inwards(x, y);
        double direction = _plan[0];
        _plan.AsSpan(1, _planned - 1).CopyTo(_plan);
        // At the horizon the plan has no end to go on with: it is made anew.
        _planned = remaining <= _settings.Horizon ? _planned - 1 : 0;
        return direction;
    }

    private Node? Search(double x, double y, double before, int depth, CellField field, ReadOnlySpan<float> amplitude, ReadOnlySpan<float> reachSquared)
    {
        Node[] beams = _beams, next = _next;
        beams[0].Begin(x, y, before, field.NearestSquared);
        int alive = 1;
        for (int step = 0; step < depth; step++)
        {
            int kept = 0;
            for (int parent = 0; parent < alive; parent++)
            {
                Node node = beams[parent];
                for (int k = 0; k < _settings.Directions; k++)
                {
                    double direction = node.Before + 2 * Math.PI * k / _settings.Directions;
                    (double sin, double cos) = Math.SinCos(direction);
                    if (!IsInside(node.X + _geometry.SegmentLength * cos, node.Y + _geometry.SegmentLength * sin))
                        continue;
                    var piece = new PathDistance.Piece(node.X, node.Y, cos, sin, (_geometry.Positions - 1) * ScanGeometry.Pitch);
                    float left = PathDistance.ErrorLeft(node.Nearest, field.X, field.Y, piece, amplitude, reachSquared);
                    kept = Keep(kept, left, parent, direction);
                }
            }
            if (kept == 0)
                return null;
            for (int i = 0; i < kept; i++)
                next[i].Extend(beams[_best[i].Parent], step, _best[i].Direction, _best[i].Left, _geometry, field);
            (beams, next, alive) = (next, beams, kept);
        }
        return beams[0];
    }

    /// <summary>Puts a candidate into its place among the best.</summary>
    private int Keep(int kept, float left, int parent, double direction)
    {
        if (kept == _best.Length && left >= _best[kept - 1].Left)
            return kept;
        int place = kept < _best.Length ? kept++ : kept - 1;
        for (; place > 0 && _best[place - 1].Left > left; place--)
            _best[place] = _best[place - 1];
        _best[place] = (left, parent, direction);
        return kept;
    }

    private float LeftBy(ReadOnlySpan<double> plan, double x, double y, CellField field, ReadOnlySpan<float> amplitude, ReadOnlySpan<float> reachSquared)
    {
        field.NearestSquared.CopyTo(_scratch, 0);
        float left = 0;
        for (int step = 0; step < plan.Length; step++)
        {
            (double sin, double cos) = Math.SinCos(plan[step]);
            double length = (_geometry.Positions - 1) * ScanGeometry.Pitch;
            if (step == plan.Length - 1)
                left = PathDistance.ErrorLeft(_scratch, field.X, field.Y, new PathDistance.Piece(x, y, cos, sin, length), amplitude, reachSquared);
            else
                PathDistance.Shorten(_scratch, field.X, field.Y, new ScanSegment(x, y, plan[step]), length, _scratch);
            (x, y) = (x + _geometry.SegmentLength * cos, y + _geometry.SegmentLength * sin);
        }
        return left;
    }

    private bool IsInside(double x, double y) => x >= 0 && y >= 0 && x <= _geometry.Width - 1 && y <= _geometry.Height - 1;

    private double Inwards(double x, double y) => Math.Atan2((_geometry.Height - 1) / 2.0 - y, (_geometry.Width - 1) / 2.0 - x);

    /// <summary>A path that is being thought of.</summary>
    private sealed class Node(int cells, int horizon)
    {
        public float[] Nearest { get; } = new float[cells];

        public double[] Directions { get; } = new double[horizon];

        public double X { get; private set; }

        public double Y { get; private set; }

        public double Before { get; private set; }

        public float Left { get; private set; }

        public void Begin(double x, double y, double before, float[] nearest)
        {
            (X, Y, Before, Left) = (x, y, before, float.PositiveInfinity);
            nearest.CopyTo(Nearest, 0);
        }

        public void Extend(Node parent, int step, double direction, float left, ScanGeometry geometry, CellField field)
        {
            parent.Directions.AsSpan(0, step).CopyTo(Directions);
            Directions[step] = direction;
            PathDistance.Shorten(parent.Nearest, field.X, field.Y, new ScanSegment(parent.X, parent.Y, direction), (geometry.Positions - 1) * ScanGeometry.Pitch, Nearest);
            (X, Y) = (parent.X + geometry.SegmentLength * Math.Cos(direction), parent.Y + geometry.SegmentLength * Math.Sin(direction));
            (Before, Left) = (direction, left);
        }
    }
}
