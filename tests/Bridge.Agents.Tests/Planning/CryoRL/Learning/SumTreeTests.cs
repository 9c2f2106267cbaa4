using Bridge.Agents.Planning.CryoRL.Learning;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class SumTreeTests
{
    [TestMethod]
    public void Find_RandomNumbers_AgreesWithARunningSum()
    {
        var random = new Random(5);
        foreach (int count in (int[])[1, 2, 3, 7, 64, 100])
        {
            var tree = new SumTree(count);
            var numbers = new double[count];
            for (int change = 0; change < 500; change++)
            {
                int index = random.Next(count);
                tree[index] = numbers[index] = random.Next(4) == 0 ? 0 : random.Next(1, 9); // whole numbers add up exactly
                Assert.AreEqual(numbers.Sum(), tree.Total);
                if (tree.Total > 0)
                    AssertFinds(tree, numbers, random.NextDouble() * tree.Total);
            }
        }
    }

    [TestMethod]
    public void Find_ASumThatIsRoundedTooHigh_IsNoEmptyPlace()
    {
        var tree = new SumTree(5) { [0] = 0.1, [1] = 0.2, [3] = 0 };

        Assert.AreEqual(1, tree.Find(tree.Total));
    }

    private static void AssertFinds(SumTree tree, double[] numbers, double sum)
    {
        int expected = 0;
        for (double running = numbers[0]; running <= sum; running += numbers[++expected])
        {
        }
        Assert.AreEqual(expected, tree.Find(sum));
    }
}
