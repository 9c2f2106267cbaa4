using Bridge.Agents.Planning.CryoRL.Learning;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class ReturnDistributionTests
{
    [TestMethod]
    public void Project_RandomDistributions_AgreesWithTheSlowReference()
    {
        var random = new Random(2);
        for (int round = 0; round < 200; round++)
        {
            int atoms = random.Next(2, 60);
            double lowest = random.NextDouble() * 4 - 4, highest = lowest + 1 + 10 * random.NextDouble();
            float[] probabilities = [.. Enumerable.Range(0, atoms).Select(_ => random.NextSingle())];
            float total = probabilities.Sum();
            probabilities = [.. probabilities.Select(p => p / total)];
            float reward = random.NextSingle() * 3 - 1, discount = random.Next(5) == 0 ? 0 : random.NextSingle();
            var projected = new float[atoms];

            new ReturnDistribution(atoms, lowest, highest).Project(probabilities, reward, discount, projected);

            double[] expected = Slow(probabilities, reward, discount, lowest, highest);
            for (int atom = 0; atom < atoms; atom++)
                Assert.AreEqual(expected[atom], projected[atom], 1e-4);
            Assert.AreEqual(1, projected.Sum(), 1e-4);
        }
    }

    [TestMethod]
    public void Project_ByHand_SharesOutBetweenNeighbours()
    {
        var projected = new float[3]; // atoms 0, 1, 2

        new ReturnDistribution(3, 0, 2).Project([0, 1, 0], reward: 0.25f, discount: 0.5f, projected);

        CollectionAssert.AreEqual(new[] { 0.25f, 0.75f, 0f }, projected);
    }

    /// <summary>Bellemare et al. 2017, eq. 7: every atom gets the part of each moved atom that a triangle around it covers.</summary>
    private static double[] Slow(float[] probabilities, double reward, double discount, double lowest, double highest)
    {
        int atoms = probabilities.Length;
        double step = (highest - lowest) / (atoms - 1);
        var projected = new double[atoms];
        for (int to = 0; to < atoms; to++)
        {
            for (int from = 0; from < atoms; from++)
            {
                double moved = Math.Clamp(reward + discount * (lowest + from * step), lowest, highest);
                projected[to] += probabilities[from] * Math.Clamp(1 - Math.Abs(moved - (lowest + to * step)) / step, 0, 1);
            }
        }
        return projected;
    }
}
