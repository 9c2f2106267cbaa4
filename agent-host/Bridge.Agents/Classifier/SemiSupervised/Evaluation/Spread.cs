namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>Mean and standard deviation over runs.</summary>
/// <param name="Mean">NaN without a value.</param>
/// <param name="Deviation">Of a sample (n - 1); NaN with fewer than two values.</param>
public readonly record struct Spread(double Mean, double Deviation)
{
    public static Spread Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Count == 0 ? double.NaN : values.Average();
        return new Spread(mean, values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}
