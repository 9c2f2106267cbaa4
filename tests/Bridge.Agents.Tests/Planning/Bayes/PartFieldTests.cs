using Bridge.Agents.Planning.Bayes;

namespace Bridge.Agents.Tests.Planning.Bayes;

[TestClass]
public sealed class PartFieldTests
{
    private const double Patch = 0.3, Neighbour = 0.7;

    [TestMethod]
    public void At_OneSite_IsTheHandWorkedGaussian()
    {
        // Effects of two holes: covariance 1 each, 0.3 + 0.7 × 0.5 = 0.65 between them; the site says 2 with variance 4.
        var field = new PartField(2, Patch, Neighbour);

        field.Add(place: 0, mean: 2, precision: 0.25, closeness: [1, 0.5, 0.5, 1]);
        Belief other = field.At(1, square: default);

        Assert.AreEqual(0.65 / 5 * 2, other.Mean, 1e-12);
        Assert.AreEqual(1 - 0.65 * 0.65 / 5, other.Variance, 1e-12);
    }

    [TestMethod]
    public void At_ManySites_AgreesWithTheWholeGaussian()
    {
        const int holes = 7;
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, holes).Select(_ => 3 * random.NextDouble())];
        double[] closeness = [.. from a in x from b in x select Math.Exp(-Math.Abs(a - b))];
        (int Place, double Mean, double Precision)[] sites = [(4, 1.5, 0.2), (0, -2, 0.1), (6, 0.5, 1.1), (2, 3, 0.05)];
        var field = new PartField(holes, Patch, Neighbour);
        var square = new Belief(0.8, 0.4);

        foreach ((int place, double mean, double precision) in sites)
            field.Add(place, mean, precision, closeness);

        foreach (int place in new[] { 1, 3, 5 })
        {
            (double mean, double variance) = Dense(place, square.Mean);
            // The square's own uncertainty comes on top: its effect moves the hole by as much as a unit change of it does.
            double slope = Dense(place, square.Mean + 1).Mean - mean;
            Belief believed = field.At(place, square);
            Assert.AreEqual(mean, believed.Mean, 1e-9);
            Assert.AreEqual(variance + slope * slope * square.Variance, believed.Variance, 1e-9);
        }

        // Posterior of one hole by Gauss and Jordan on [site covariances | covariances to the hole | sites - s].
        (double Mean, double Variance) Dense(int place, double s)
        {
            int n = sites.Length;
            double[,] a = new double[n, n + 2];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    a[i, j] = Patch + Neighbour * closeness[sites[i].Place * holes + sites[j].Place] + (i == j ? 1 / sites[i].Precision : 0);
                (a[i, n], a[i, n + 1]) = (Patch + Neighbour * closeness[sites[i].Place * holes + place], sites[i].Mean - s);
            }
            for (int i = 0; i < n; i++)
            {
                for (int j = n + 1; j >= i; j--)
                    a[i, j] /= a[i, i];
                for (int k = 0; k < n; k++)
                {
                    for (int j = n + 1; k != i && j >= i; j--)
                        a[k, j] -= a[k, i] * a[i, j];
                }
            }
            (double mean, double variance) = (s, Patch + Neighbour);
            for (int i = 0; i < n; i++)
            {
                double k = Patch + Neighbour * closeness[sites[i].Place * holes + place];
                (mean, variance) = (mean + k * a[i, n + 1], variance - k * a[i, n]);
            }
            return (mean, variance);
        }
    }

    [TestMethod]
    public void Message_IndependentHoles_IsTheSumOfTheirs()
    {
        // Without a patch effect and far apart: each site says its mean with variance 0.7 + 1/precision.
        var field = new PartField(2, patchVariance: 0, neighbourVariance: 0.7);

        field.Add(0, mean: 1, precision: 0.5, closeness: [1, 0, 0, 1]);
        field.Add(1, mean: -3, precision: 2, closeness: [1, 0, 0, 1]);

        Assert.AreEqual(1 / 2.7 + 1 / 1.2, field.Message.Precision, 1e-12);
        Assert.AreEqual(1 / 2.7 - 3 / 1.2, field.Message.Pull, 1e-12);
    }
}
