namespace Bridge.Agents.Classifier.Calibration;

/// <summary>Makes a probability that means what it says of a network's log odds.</summary>
public interface ICalibration
{
    /// <param name="logOdds">Logit of good less logit of bad.</param>
    /// <returns>P(good), 0 to 1, never falling where the log odds rise.</returns>
    double Probability(double logOdds);

    /// <summary>The calibration as text, for the weights' metadata; <see cref="Calibrations.Parse"/> reads it.</summary>
    string ToText();
}
