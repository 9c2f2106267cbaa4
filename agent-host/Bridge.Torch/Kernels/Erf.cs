namespace Bridge.Torch.Kernels;

/// <summary>The error function, in double.</summary>
internal static class Erf
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>
    /// 2/√π ∫₀ˣ exp(-t²) dt, to about 1e-15: the Maclaurin series without cancellation (Abramowitz and Stegun 7.1.6) up to 3, then the continued
    /// fraction of the complement (7.1.14).
    /// </summary>
    public static double Of(double x)
    {
        double a = Math.Abs(x);
        if (double.IsNaN(x))
            return x;
        double y = a < 3 ? Series(a) : a < 6 ? 1 - Complement(a) : 1;
        return x < 0 ? -y : y;
    }

    private static double Series(double x)
    {
        double term = x, sum = x, square = 2 * x * x;
        for (int n = 1; term > sum * 1e-17; n++)
        {
            term *= square / (2 * n + 1);
            sum += term;
        }
        return TwoOverRootPi * Math.Exp(-x * x) * sum;
    }

    private static double Complement(double x)
    {
        double fraction = x;
        for (int n = 60; n > 0; n--)
            fraction = x + n / 2.0 / fraction;
        return Math.Exp(-x * x) * TwoOverRootPi / 2 / fraction;
    }
}
