using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Ranking;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL.Features;

[TestClass]
public sealed class CandidatesTests
{
    private static readonly MeasuredGrid Simulated = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(150, seed: 6) with { Squares = 3, Patches = 20 });

    [TestMethod]
    public void Find_RandomEpisodes_AgreesWithFeaturesCountedAnew()
    {
        var random = new Random(2);
        var candidates = new Candidates(Simulated.Grid);
        PatchElimination all = PatchElimination.None(Simulated.Grid);
        float[] input = new float[FeatureTable.Width];
        for (int episode = 0; episode < 4; episode++)
        {
            var collection = new GridCollection(Simulated, MoveMinutes.Text, 90, LastMove.Strict);
            collection.Start(random.Next(150));
            for (int move = 0; collection.End == CollectionEnd.None; move++)
            {
                candidates.Find(collection.State, all);
                if (move % 6 == 0)
                    AssertAgrees(candidates, collection.State, input);
                if (move % 5 == 2)
                    collection.State.Record(collection.State.Path[^1], random.Next(2) == 0 ? 4 : 8); // corrected
                if (move % 7 == 3)
                    collection.State.PutBack(collection.State.Path[0]);
                else
                    collection.Move(candidates.HoleOf(candidates.DrawRow(random)));
            }
        }
    }

    [TestMethod]
    public void Find_BeforeTheFirstMove_HasNoPastAndEverythingIsNew()
    {
        var candidates = new Candidates(Simulated.Grid);
        float[] input = new float[FeatureTable.Width];

        candidates.Find(new CollectionState(Simulated.Grid, MoveMinutes.Text), PatchElimination.None(Simulated.Grid));

        candidates.CopyInput(0, input);
        Assert.IsTrue(input[..FeatureTable.PastWidth].All(value => value == 0));
        CollectionAssert.AreEqual(new float[] { 1, 1, 1 }, input[^3..]);
        AssertAgrees(candidates, new CollectionState(Simulated.Grid, MoveMinutes.Text), input);
    }

    [TestMethod]
    public void Find_WithElimination_KeepsToItUntilItIsUsedUp()
    {
        Grid grid = Make.Grid("g/s/p: 0.9 0.9", "h/s/p: 0.9 0.1").Grid;
        PatchElimination one = PatchElimination.For(grid, MoveMinutes.Text, 12, 1);
        var candidates = new Candidates(grid);
        CollectionState state = Make.At(grid, 0, minutesLeft: 100);

        candidates.Find(state, one);
        Assert.AreEqual((1, 1), (candidates.Count, candidates.HoleOf(0)));

        state.Visit(1);
        candidates.Find(state, one);
        Assert.AreEqual((1, 2, 2), (candidates.Count, candidates.Holes, candidates.HoleOf(0)));
    }

    [TestMethod]
    public void Find_WithElimination_AddsThePatchesOfTheSquareWhereTheStageIs()
    {
        Grid grid = Make.Grid("g/s/p: 0.9 0.9", "g/s/q: 0.9", "h/t/p: 0.9 0.9 0.9", "h/t/q: 0.9").Grid;
        PatchElimination one = PatchElimination.For(grid, MoveMinutes.Text, 14, 1);
        var candidates = new Candidates(grid);

        candidates.Find(Make.At(grid, 0, minutesLeft: 100), one);

        Assert.AreEqual("2", string.Join(' ', one.Patches.ToArray()));
        CollectionAssert.AreEqual(new[] { 3, 1, 2 }, Enumerable.Range(0, candidates.Count).Select(candidates.HoleOf).ToArray());
        Assert.AreEqual(5, candidates.Holes);
    }

    [TestMethod]
    public void Find_LittleTime_LeavesOutWhatDoesNotFit()
    {
        Grid grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.9", "h/s/p: 0.9 0.1").Grid;
        var candidates = new Candidates(grid);

        candidates.Find(Make.At(grid, 0, minutesLeft: 4), PatchElimination.None(grid));
        Assert.AreEqual((1, 1), (candidates.Count, candidates.HoleOf(0)));

        candidates.Find(Make.At(grid, 0, minutesLeft: 1), PatchElimination.None(grid));
        Assert.AreEqual((0, 0), (candidates.Count, candidates.Holes));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => candidates.HoleOf(0));
    }

    [TestMethod]
    public void Find_SeveralHolesInAPatch_OffersTheMostProbableThatIsLeft()
    {
        Grid grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.3 0.8 0.5 0.8").Grid;
        var candidates = new Candidates(grid);
        CollectionState state = Make.At(grid, 0, minutesLeft: 100);
        var order = new List<int>();

        for (candidates.Find(state, PatchElimination.None(grid)); candidates.Count > 0; candidates.Find(state, PatchElimination.None(grid)))
        {
            order.Add(candidates.HoleOf(0));
            state.Visit(order[^1]);
        }

        CollectionAssert.AreEqual(new[] { 2, 4, 3, 1 }, order);
        state.PutBack(4);
        candidates.Find(state, PatchElimination.None(grid));
        Assert.AreEqual(4, candidates.HoleOf(0));
    }

    [TestMethod]
    public void DrawRow_ManyTimes_FindsAPatchInProportionToItsHoles()
    {
        Grid grid = Make.Grid("g/s/p: 0.9 0.9 0.1", "g/s/q: 0.9", "h/s/p: 0.9 0.1").Grid;
        var candidates = new Candidates(grid);
        candidates.Find(Make.At(grid, 1, minutesLeft: 100), PatchElimination.None(grid));
        var random = new Random(3);
        int[] drawn = new int[3];

        for (int i = 0; i < 5000; i++)
            drawn[candidates.DrawRow(random)]++;

        Assert.IsTrue(drawn.Zip([2000, 1000, 2000]).All(pair => Math.Abs(pair.First - pair.Second) < 150), string.Join(' ', drawn));
    }

    [TestMethod]
    public void Find_StateOfAnotherGrid_IsRefused()
        => Assert.ThrowsExactly<ArgumentException>(() => new Candidates(Simulated.Grid)
            .Find(new CollectionState(Make.Grid("g/s/p: 0.9").Grid, MoveMinutes.Text), PatchElimination.None(Simulated.Grid)));

    [TestMethod]
    public void Find_Repeated_AllocatesNothing()
    {
        var candidates = new Candidates(Simulated.Grid);
        PatchElimination all = PatchElimination.None(Simulated.Grid);
        CollectionState state = Make.At(Simulated.Grid, 0, minutesLeft: 480);
        for (int hole = 1; hole < 100; hole++)
            Decide(hole);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int hole = 100; hole < 149; hole++)
            Decide(hole);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsLessThan(4096, allocated, "only the state's own path may grow");

        void Decide(int hole)
        {
            candidates.Find(state, all);
            state.Visit(hole);
        }
    }

    /// <summary>There is a row for each patch with an unvisited hole that fits: its most probable one, with its features.</summary>
    private static void AssertAgrees(Candidates candidates, CollectionState state, float[] input)
    {
        Hole[] fits = [.. state.Grid.Holes.Where(hole => !state.IsVisited(hole.Index) && state.MinutesTo(hole.Index) <= state.MinutesLeft)];
        int[] best = [.. fits.GroupBy(hole => hole.Patch).OrderBy(patch => patch.Key).Select(patch => patch.MaxBy(hole => CtfCalibration.Default.Probability(hole))!.Index)];

        CollectionAssert.AreEqual(best, Enumerable.Range(0, candidates.Count).Select(candidates.HoleOf).ToArray());
        Assert.AreEqual(fits.Length, candidates.Holes);
        for (int row = 0; row < candidates.Count; row++)
        {
            candidates.CopyInput(row, input);
            float[] expected = SlowFeatures.Input(state, best[row]);
            for (int i = 0; i < input.Length; i++)
                Assert.AreEqual(expected[i], input[i], 1e-5f, $"row {row}, number {i}");
        }
    }
}
