namespace Bridge.Agents.AdaptiveScan.Evaluation;

/// <summary>SSIM (Wang, Bovik, Sheikh and Simoncelli 2004, eq. 13), with their Gaussian window of 11 x 11 px and 1.5 px and their constants; the mean over the windows that lie
/// wholly inside.</summary>
public static class StructuralSimilarity
{
    private const int Reach = 5;
    private const double Sigma = 1.5, K1 = 0.01, K2 = 0.03;
    private static readonly double[] Window = Make();

    /// <param name="range">Difference of the largest and the smallest value that are possible.</param>
    /// <returns>1 for equal images; of images too small for a window, that of a single window over all.</returns>
    public static double Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int width, int height, double range)
    {
        int reach = Math.Min(Reach, (Math.Min(width, height) - 1) / 2);
        int across = width - 2 * reach;
        double[] rows = new double[5 * height * across];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < across; x++)
            {
                double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
                for (int k = -reach; k <= reach; k++)
                {
                    double w = Window[k + Reach], va = a[y * width + x + reach + k], vb = b[y * width + x + reach + k];
                    (sa, sb, saa, sbb, sab) = (sa + w * va, sb + w * vb, saa + w * va * va, sbb + w * vb * vb, sab + w * va * vb);
                }
                int at = 5 * (y * across + x);
                (rows[at], rows[at + 1], rows[at + 2], rows[at + 3], rows[at + 4]) = (sa, sb, saa, sbb, sab);
            }
        }
        double weight = 0;
        for (int k = -reach; k <= reach; k++)
            weight += Window[k + Reach];
        weight *= weight;
        double c1 = K1 * range * K1 * range, c2 = K2 * range * K2 * range, total = 0;
        for (int y = reach; y < height - reach; y++)
        {
            for (int x = 0; x < across; x++)
            {
                double ma = 0, mb = 0, saa = 0, sbb = 0, sab = 0;
                for (int k = -reach; k <= reach; k++)
                {
                    double w = Window[k + Reach] / weight;
                    int at = 5 * ((y + k) * across + x);
                    (ma, mb, saa, sbb, sab) = (ma + w * rows[at], mb + w * rows[at + 1], saa + w * rows[at + 2], sbb + w * rows[at + 3], sab + w * rows[at + 4]);
                }
                double covariance = sab - ma * mb, variances = saa - ma * ma + (sbb - mb * mb);
                total += (2 * ma * mb + c1) * (2 * covariance + c2) / ((ma * ma + mb * mb + c1) * (variances + c2));
            }
        }
        return total / (across * (height - 2 * reach));
    }

    private static double[] Make()
    {
        double[] window = new double[2 * Reach + 1];
        for (int k = -Reach; k <= Reach; k++)
            window[k + Reach] = Math.Exp(-k * k / (2 * Sigma * Sigma));
        double sum = window.Sum();
        return [.. window.Select(value => value / sum)];
    }
}
