namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>Running mean and spread of the generator's losses, by which they are clipped and divided (Ede 2021, eq. 13 and 14). The first batch begins the means.</summary>
internal sealed class RunningLoss(CrdpgSettings settings)
{
    private const double MostDeviations = 3;

    private double _mean = double.NaN, _square;

    /// <summary>L_avg; NaN before the first batch.</summary>
    public double Mean => _mean;

    /// <summary>The loss of the last step: clip(L_G) / L_avg.</summary>
    public float Scale(double loss)
    {
        if (double.IsNaN(_mean))
            return (float)(settings.NormaliseLosses ? 1 : loss);
        double most = _mean + MostDeviations * Math.Sqrt(Math.Max(0, _square - _mean * _mean));
        double clipped = settings.ClipLosses ? Math.Min(loss, most) : loss;
        return (float)(settings.NormaliseLosses ? clipped / _mean : clipped);
    }

    /// <summary>L_avg &lt;- beta L_avg + (1 - beta) mean of the batch, and the squares likewise.</summary>
    public void Update(ReadOnlySpan<float> losses)
    {
        double sum = 0, squares = 0;
        foreach (float loss in losses)
            (sum, squares) = (sum + loss, squares + (double)loss * loss);
        (sum, squares) = (sum / losses.Length, squares / losses.Length);
        double beta = double.IsNaN(_mean) ? 0 : settings.LossDecay;
        (_mean, _square) = ((beta > 0 ? beta * _mean : 0) + (1 - beta) * sum, beta * _square + (1 - beta) * squares);
    }
}
