using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL;

[TestClass]
public sealed class GridCollectionTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(300, seed: 4));

    [TestMethod]
    public void Move_EachLevel_EarnsItsRewardAndCostsItsMinutes()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9", "g/s/q: 0.9", "g/t/p: 0.9", "h/s/p: 0.9 0.9-");
        var collection = new GridCollection(grid, MoveMinutes.Text, 100, LastMove.Strict);
        collection.Start(0);

        CollectionStep[] steps = [.. new[] { 1, 2, 3, 4, 5 }.Select(collection.Move)];

        CollectionAssert.AreEqual(new[] { 1, 0.57, 0.23, 0.09, 0 }, steps.Select(step => step.Reward).ToArray());
        CollectionAssert.AreEqual(new double[] { 2, 3, 5, 10, 2 }, steps.Select(step => step.Minutes).ToArray());
        Assert.AreEqual((4, 22.0, CollectionEnd.AllVisited), (collection.Good, collection.ElapsedMinutes, steps[^1].End));
        Assert.IsTrue(steps[..4].All(step => step.End == CollectionEnd.None));
    }

    [TestMethod]
    public void Start_Again_ForgetsTheLastEpisode()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9 0.9");
        var collection = new GridCollection(grid, MoveMinutes.Text, 100, LastMove.Strict);
        collection.Start(0);
        collection.Move(1);

        collection.Start(1);

        Assert.AreEqual((0, 0.0, 2, 1), (collection.Good, collection.ElapsedMinutes, collection.State.Unvisited, collection.State.Current));
        Assert.AreEqual(1, collection.Move(0).Reward);
    }

    [TestMethod]
    [DataRow(LastMove.Strict, 0, CollectionEnd.TimeUp)]
    [DataRow(LastMove.Counted, 1, CollectionEnd.TimeUp)]
    public void Start_NoMinutes_AllowsOnlyTheCountedLastMove(LastMove lastMove, int moves, CollectionEnd end)
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9 0.9");
        var collection = new GridCollection(grid, MoveMinutes.Text, 0, lastMove);
        collection.Start(0);

        for (int i = 1; i <= moves; i++)
            collection.Move(i);

        Assert.AreEqual(end, collection.End);
        Assert.ThrowsExactly<InvalidOperationException>(() => collection.Move(2));
    }

    [TestMethod]
    public void Move_NoLimit_EndsWhenEverythingWasVisited()
    {
        var collection = new GridCollection(Simulated, MoveMinutes.Summed, double.PositiveInfinity, LastMove.Strict);
        collection.Start(0);

        int moves = 0;
        while (collection.End == CollectionEnd.None)
            collection.Move(++moves);

        Assert.AreEqual((CollectionEnd.AllVisited, 299), (collection.End, moves));
    }

    [TestMethod]
    public void Start_OneHole_IsOver()
    {
        var collection = new GridCollection(Make.Grid("g/s/p: 0.9"), MoveMinutes.Text, 100, LastMove.Strict);

        collection.Start(0);

        Assert.AreEqual(CollectionEnd.AllVisited, collection.End);
    }

    [TestMethod]
    public void Constructor_UnusableBudgetOrTruth_NamesIt()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9");

        foreach (double budget in new[] { -1, double.NaN })
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new GridCollection(grid, MoveMinutes.Text, budget, LastMove.Strict)).Message, "budget");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => new GridCollection(grid with { CtfA = [4] }, MoveMinutes.Text, 10, LastMove.Strict)).Message, "1 measured values");
    }

    [TestMethod]
    public void Move_VisitedOrTooFar_IsRefusedAndNamesTheHole()
    {
        MeasuredGrid grid = Make.Grid("g/s/p: 0.9 0.9", "h/s/p: 0.9");
        var collection = new GridCollection(grid, MoveMinutes.Text, 9, LastMove.Strict);
        collection.Start(0);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => collection.Move(0)).Message, "hole 0 was visited");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => collection.Move(2)).Message, "hole 2 would be reached at 10 of 9");
    }

    [TestMethod]
    public void End_RandomEpisodes_ComesExactlyWhenNothingFits()
    {
        var random = new Random(1);
        for (int episode = 0; episode < 200; episode++)
        {
            LastMove lastMove = (LastMove)(episode % 2);
            var collection = new GridCollection(Simulated, MoveMinutes.Text, random.Next(60), lastMove);
            collection.Start(random.Next(300));
            while (true)
            {
                int[] fits = [.. Enumerable.Range(0, 300).Where(hole => !collection.State.IsVisited(hole) && collection.State.MinutesTo(hole) <= collection.State.MinutesLeft)];
                bool over = fits.Length == 0 || collection.RemainingMinutes < 0;
                Assert.AreEqual(over, collection.End != CollectionEnd.None);
                if (over)
                    break;
                collection.Move(fits[random.Next(fits.Length)]);
            }
        }
    }
}
