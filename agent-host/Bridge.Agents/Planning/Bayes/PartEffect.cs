namespace Bridge.Agents.Planning.Bayes;

/// <summary>The effect of one part, which is either like most or odd: two <see cref="PartField"/>s, and how probable the second is.</summary>
internal sealed class PartEffect
{
    private readonly PartField _usual, _odd;
    private double _logOdds; // of being odd

    /// <param name="scale">Factor on all variances.</param>
    public PartEffect(int holes, BayesSettings settings, double scale)
    {
        _usual = new PartField(holes, scale * settings.PatchVariance, scale * settings.NeighbourVariance);
        _odd = new PartField(holes, settings.OddPatchVariance, scale * settings.NeighbourVariance);
        _logOdds = CtfCalibration.Logit(settings.OddPatchShare);
    }

    public double OddShare => CtfCalibration.Logistic(_logOdds);

    public PartField Usual => _usual;

    public PartField Odd => _odd;

    /// <summary>What the results say about the square; an odd patch says little.</summary>
    public Evidence Message => OddShare * _odd.Message + (1 - OddShare) * _usual.Message;

    /// <summary>Takes in the probability that either had given to what was then seen.</summary>
    public void Weigh(double usual, double odd) => _logOdds = Math.Clamp(_logOdds + Math.Log(odd / usual), -12, 12);
}
