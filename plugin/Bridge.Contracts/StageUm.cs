namespace Bridge.Contracts;

/// <summary>A stage position in µm. The default is the stage's origin.</summary>
public readonly record struct StageUm(double X, double Y, double Z)
{
    /// <summary>Largest coordinate that is believed, in µm: a grid is 3 050 µm across.</summary>
    public const double Limit = 100_000;

    /// <summary>Distance in the plane, in µm: focus does not make a hole further away.</summary>
    public double DistanceTo(StageUm other) => Math.Sqrt(SquaredDistanceTo(other));

    /// <summary>Squared distance in the plane, in µm²: enough to compare.</summary>
    public double SquaredDistanceTo(StageUm other)
    {
        double dx = X - other.X, dy = Y - other.Y;
        return dx * dx + dy * dy;
    }
}
