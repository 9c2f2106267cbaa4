namespace Bridge.Torch.Kernels;

/// <summary>exp x - 1 and log(1 + x) without loss near 0, by Kahan's correction of the rounding in between (Higham 2002, section 1.14.1).</summary>
internal static class NearZero
{
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double below = u - 1;
        return below == -1 || double.IsInfinity(u) || double.IsNaN(u) ? below : below * x / Math.Log(u);
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }
}
