using Bridge.Contracts;

namespace Bridge.Domain.Navigator;

/// <summary>A closed outline on the stage in µm: the border of a map's view, or a polygon.</summary>
internal sealed class StageOutline
{
    /// <summary>Corners beyond this number are thinned out: a contour of a square has some dozens.</summary>
    private const int MaxCorners = 512;

    private readonly double[] _x;
    private readonly double[] _y;

    private StageOutline(double[] x, double[] y)
    {
        (_x, _y) = (x, y);
        (MinX, MaxX, MinY, MaxY) = (x.Min(), x.Max(), y.Min(), y.Max());
        Centre = new StageUm((MinX + MaxX) / 2, (MinY + MaxY) / 2, 0);
        double twice = 0;
        for (int i = 0, before = x.Length - 1; i < x.Length; before = i++)
            twice += (x[before] - x[i]) * (y[before] + y[i]);
        AreaUm2 = Math.Abs(twice) / 2;
    }

    public double MinX { get; }

    public double MaxX { get; }

    public double MinY { get; }

    public double MaxY { get; }

    /// <summary>Middle of the box around it.</summary>
    public StageUm Centre { get; }

    public double AreaUm2 { get; }

    /// <summary>Side in µm of a square of the same area: the field of view.</summary>
    public double ViewUm => Math.Sqrt(AreaUm2);

    public double LongestSideUm => Math.Max(MaxX - MinX, MaxY - MinY);

    /// <summary>The outline of a map or polygon; of a map without one, a square of its field of view. Null if there is neither.</summary>
    public static StageOutline? Of(NavigatorItem item)
    {
        double[] x = item.PtsX, y = item.PtsY;
        int count = Math.Min(x.Length, y.Length);
        if (count >= 3 && Believable(x.AsSpan(0, count)) && Believable(y.AsSpan(0, count)))
        {
            int step = 1 + count / MaxCorners;
            return new StageOutline(Every(x, step, count), Every(y, step, count));
        }
        if (item.Type != NavigatorItemType.Map || item.Stage is not { } at || item.MapScaleMat is not { } matrix || item.MapWidthHeight is not { } size)
            return null;
        double pixelsPerUm2 = Math.Abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]);
        double half = Math.Sqrt((double)size.Width * size.Height / pixelsPerUm2) / 2;
        return half > 0 && half <= StageUm.Limit ? Box(at.X - half, at.X + half, at.Y - half, at.Y + half) : null;
    }

    public static StageOutline Box(double minX, double maxX, double minY, double maxY)
        => new([minX, maxX, maxX, minX], [minY, minY, maxY, maxY]);

    /// <summary>Even-odd rule.</summary>
    public bool Contains(StageUm at)
    {
        if (at.X < MinX || at.X > MaxX || at.Y < MinY || at.Y > MaxY)
            return false;
        bool inside = false;
        for (int i = 0, before = _x.Length - 1; i < _x.Length; before = i++)
        {
            if (_y[i] > at.Y != _y[before] > at.Y && at.X < (_x[before] - _x[i]) * (at.Y - _y[i]) / (_y[before] - _y[i]) + _x[i])
                inside = !inside;
        }
        return inside;
    }

    private static bool Believable(ReadOnlySpan<double> values) => !values.ContainsAnyExceptInRange(-StageUm.Limit, StageUm.Limit);

    private static double[] Every(double[] values, int step, int count)
    {
        double[] thinned = new double[(count + step - 1) / step];
        for (int i = 0; i < thinned.Length; i++)
            thinned[i] = values[i * step];
        return thinned;
    }
}
