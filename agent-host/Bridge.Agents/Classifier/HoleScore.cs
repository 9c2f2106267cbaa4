namespace Bridge.Agents.Classifier;

/// <summary>What a classifier says of one hole.</summary>
/// <param name="Probability">P(good), calibrated, 0 to 1.</param>
/// <param name="CtfA">Its guess of the CTF value in Å.</param>
public readonly record struct HoleScore(double Probability, double CtfA);
