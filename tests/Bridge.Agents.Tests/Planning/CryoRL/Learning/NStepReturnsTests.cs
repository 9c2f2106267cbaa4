using Bridge.Agents.Planning.CryoRL.Learning;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class NStepReturnsTests
{
    private static readonly double[] Rewards = [1, 2, 4, 8, 16];

    [TestMethod]
    public void Add_FiveStepsOfThree_GivesReturnsWorkedOutByHand()
    {
        (List<Transition> done, StateRows[] states) = Play(terminated: true);

        CollectionAssert.AreEqual(new float[] { 1 + 1 + 1, 2 + 2 + 2, 4 + 4 + 4, 8 + 8, 16 }, done.Select(transition => transition.Return).ToArray());
        CollectionAssert.AreEqual(new float[] { 0.125f, 0.125f, 0, 0, 0 }, done.Select(transition => transition.Discount).ToArray());
        CollectionAssert.AreEqual(states[..5], done.Select(transition => transition.State).ToArray());
        Assert.AreSame(states[3], done[0].Next);
        CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4 }, done.Select(transition => transition.Row).ToArray());
    }

    [TestMethod]
    public void Add_CutByTheClock_ExpectsMoreOfTheLastState()
    {
        (List<Transition> done, StateRows[] states) = Play(terminated: false);

        CollectionAssert.AreEqual(new float[] { 0.125f, 0.125f, 0.125f, 0.25f, 0.5f }, done.Select(transition => transition.Discount).ToArray());
        Assert.IsTrue(done.Skip(2).All(transition => transition.Next == states[5]));
    }

    [TestMethod]
    public void Add_AfterAnEnd_BeginsAfresh()
    {
        var returns = new NStepReturns(3, 0.5);
        var done = new List<Transition>();
        StateRows state = Rows.State();

        returns.Add(state, 0, 100, 1, state, terminated: true, over: true, done.Add);
        for (int i = 0; i < 3; i++)
            returns.Add(state, 0, 1, 1, state, terminated: false, over: false, done.Add);

        CollectionAssert.AreEqual(new float[] { 100, 1.75f }, done.Select(transition => transition.Return).ToArray());
    }

    [TestMethod]
    public void Add_LongMoves_AreDiscountedMore()
    {
        var returns = new NStepReturns(3, 0.5);
        var done = new List<Transition>();
        StateRows state = Rows.State();

        foreach ((double reward, double length) in new[] { (1.0, 1.0), (2.0, 2.0), (8.0, 3.0) })
            returns.Add(state, 0, reward, length, state, terminated: false, over: false, done.Add);

        Assert.AreEqual((1 + 0.5f * 2 + 0.125f * 8, 1 / 64f), (done.Single().Return, done.Single().Discount));
    }

    private static (List<Transition>, StateRows[]) Play(bool terminated)
    {
        var returns = new NStepReturns(3, 0.5);
        StateRows[] states = [.. Enumerable.Range(0, 6).Select(_ => Rows.State())];
        var done = new List<Transition>();
        for (int i = 0; i < 5; i++)
            returns.Add(states[i], i, Rewards[i], 1, states[i + 1], terminated && i == 4, over: i == 4, done.Add);
        return (done, states);
    }
}
