namespace Bridge.Agents.Alignment;

/// <summary>A position or a shift in the plane; the unit is its owner's.</summary>
public readonly record struct Xy(double X, double Y)
{
    public double Length => Math.Sqrt(X * X + Y * Y);

    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);

    public static Xy operator +(Xy a, Xy b) => new(a.X + b.X, a.Y + b.Y);

    public static Xy operator -(Xy a, Xy b) => new(a.X - b.X, a.Y - b.Y);

    public static Xy operator *(double factor, Xy a) => new(factor * a.X, factor * a.Y);

    public double Dot(Xy other) => X * other.X + Y * other.Y;

    /// <summary>The same direction, no longer than the limit.</summary>
    public Xy AtMost(double limit) => Length <= limit ? this : limit / Length * this;
}
