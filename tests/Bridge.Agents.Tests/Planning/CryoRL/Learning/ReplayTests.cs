using Bridge.Agents.Planning.CryoRL.Learning;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class ReplayTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Add_MoreThanItHolds_ForgetsTheOldest(bool prioritised)
    {
        IReplay replay = prioritised ? new PrioritisedReplay(3) : new UniformReplay(3);
        for (int i = 0; i < 5; i++)
            replay.Add(Rows.Transition(i));

        float[] drawn = Draw(replay, 400);

        Assert.AreEqual(3, replay.Count);
        CollectionAssert.AreEquivalent(new float[] { 2, 3, 4 }, drawn.Distinct().ToArray());
    }

    [TestMethod]
    public void Sample_Prioritised_DrawsInProportionToTheErrorsToTheAlpha()
    {
        var replay = new PrioritisedReplay(4);
        for (int i = 0; i < 4; i++)
            replay.Add(Rows.Transition(i));
        var batch = new Transition[4];
        var weights = new float[4];
        replay.Sample(batch, weights, new Random(1)); // all alike: each once
        CollectionAssert.AreEqual(new float[] { 0, 1, 2, 3 }, batch.Select(transition => transition.Return).ToArray());
        CollectionAssert.AreEqual(new float[] { 1, 1, 1, 1 }, weights);

        float[] errors = [0.1f, 0.2f, 0.4f, 0.8f];
        replay.Learned(errors);
        const int Draws = 20_000;
        int[] counts = [.. Draw(replay, Draws).GroupBy(value => value).OrderBy(group => group.Key).Select(group => group.Count())];

        double[] priorities = [.. errors.Select(error => Math.Pow(error + 1e-3, PrioritisedReplay.Alpha))];
        for (int i = 0; i < 4; i++)
            Assert.AreEqual(priorities[i] / priorities.Sum(), (double)counts[i] / Draws, 0.01);
    }

    [TestMethod]
    public void Sample_Prioritised_WeighsTheSeldomMore()
    {
        var replay = new PrioritisedReplay(2);
        replay.Add(Rows.Transition(0));
        replay.Add(Rows.Transition(1));
        var batch = new Transition[2];
        var weights = new float[2];
        replay.Sample(batch, weights, new Random(1));
        replay.Learned([1, 3]);

        for (int seed = 0; ; seed++) // until both are drawn
        {
            replay.Sample(batch, weights, new Random(seed));
            if (batch[0].Return != batch[1].Return)
                break;
        }

        double ratio = Math.Pow(1.001, PrioritisedReplay.Alpha) / Math.Pow(3.001, PrioritisedReplay.Alpha);
        Assert.AreEqual(1, weights[Array.FindIndex(batch, transition => transition.Return == 0)]);
        Assert.AreEqual(Math.Pow(ratio, PrioritisedReplay.Beta), weights[Array.FindIndex(batch, transition => transition.Return == 1)], 1e-6);
    }

    private static float[] Draw(IReplay replay, int count)
    {
        var batch = new Transition[count];
        replay.Sample(batch, new float[count], new Random(3));
        return [.. batch.Select(transition => transition.Return)];
    }
}
