namespace Bridge.Agents.Alignment;

/// <summary>The 2 x 2 matrix ((A, B), (C, D)): how a beam reacts to a shift.</summary>
public readonly record struct Matrix2(double A, double B, double C, double D)
{
    public static Matrix2 Identity { get; } = new(1, 0, 0, 1);

    public double Determinant => A * D - B * C;

    public Matrix2 Transposed => new(A, C, B, D);

    /// <summary>Not finite if there is none.</summary>
    public Matrix2 Inverse => 1 / Determinant * new Matrix2(D, -B, -C, A);

    public static Matrix2 Rotation(double radians) => new(Math.Cos(radians), -Math.Sin(radians), Math.Sin(radians), Math.Cos(radians));

    /// <summary>The outer product of two vectors.</summary>
    public static Matrix2 Outer(Xy a, Xy b) => new(a.X * b.X, a.X * b.Y, a.Y * b.X, a.Y * b.Y);

    public static Matrix2 operator +(Matrix2 m, Matrix2 n) => new(m.A + n.A, m.B + n.B, m.C + n.C, m.D + n.D);

    public static Matrix2 operator *(double factor, Matrix2 m) => new(factor * m.A, factor * m.B, factor * m.C, factor * m.D);

    public static Matrix2 operator *(Matrix2 m, Matrix2 n) => new(m.A * n.A + m.B * n.C, m.A * n.B + m.B * n.D, m.C * n.A + m.D * n.C, m.C * n.B + m.D * n.D);

    public static Xy operator *(Matrix2 m, Xy v) => new(m.A * v.X + m.B * v.Y, m.C * v.X + m.D * v.Y);

    /// <summary>Eigenvalues and unit eigenvectors of a symmetric matrix, the larger first.</summary>
    public (double Large, Xy LargeAxis, double Small, Xy SmallAxis) Eigen()
    {
        double mean = (A + D) / 2, half = (A - D) / 2, radius = Math.Sqrt(half * half + B * B);
        double angle = radius > 0 ? Math.Atan2(B, half) / 2 : 0;
        var axis = new Xy(Math.Cos(angle), Math.Sin(angle));
        return (mean + radius, axis, Math.Max(0, mean - radius), new Xy(-axis.Y, axis.X));
    }
}
