using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning;

[TestClass]
public sealed class RatePlannerTests
{
    [TestMethod]
    public void Next_WorseHolesHere_GoesToTheBetterPatchFirst()
    {
        // 9 minutes: 4 holes here (0.3 each) give 1.2; 3 + 2 + 2 + 2 next door give 3.2.
        var grid = Make.Grid("g/s/p: 0.9 0.3 0.3 0.3 0.3", "g/s/q: 0.8 0.8 0.8 0.8");

        int[] holes = [.. Make.Drive(Make.RateWithoutBeliefs(grid.Grid), Make.At(grid.Grid, 0, 9)).Select(move => move.Hole)];

        CollectionAssert.AreEqual(new[] { 5, 6, 7, 8 }, holes);
    }

    [TestMethod]
    public void Next_TooLateForTheBetterPatch_Stays()
    {
        // 5 minutes: 2 holes here give 0.6; one at 5 minutes in the other square gives 0.55.
        var grid = Make.Grid("g/s/p: 0.9 0.3 0.3 0.3", "g/t/q: 0.55 0.55 0.55");

        int[] holes = [.. Make.Drive(Make.RateWithoutBeliefs(grid.Grid), Make.At(grid.Grid, 0, 5)).Select(move => move.Hole)];

        CollectionAssert.AreEqual(new[] { 1, 2 }, holes);
    }

    [TestMethod]
    public void Next_BestPrefix_LeavesAPatchWhereItGetsWorseThanMovingOn()
    {
        // 7 minutes: 0.9 here, then 5 minutes next door for 0.9 + 0.9: 2.7. Staying on with 0.1 would cost one of them.
        var grid = Make.Grid("g/s/p: 0.5 0.9 0.1 0.1", "g/s/q: 0.9 0.9 0.1");

        int[] holes = [.. Make.Drive(Make.RateWithoutBeliefs(grid.Grid), Make.At(grid.Grid, 0, 7)).Select(move => move.Hole)];

        CollectionAssert.AreEqual(new[] { 1, 4, 5 }, holes);
    }

    [TestMethod]
    public void Next_EnteringASquare_IsSharedByItsGoodPatches()
    {
        // One patch of h alone is no better than q here; two of them are worth the 10 minutes.
        string here = "g/s/q: 0.5 " + string.Join(' ', Enumerable.Repeat("0.62", 30));
        string[] there = [.. Enumerable.Range(0, 3).Select(i => $"h/t/p{i}: " + string.Join(' ', Enumerable.Repeat("0.95", 10)))];
        var grid = Make.Grid([here, .. there]);

        var moves = Make.Drive(Make.RateWithoutBeliefs(grid.Grid), Make.At(grid.Grid, 0, 72));

        // 10 + 9×2, 3 + 9×2, 3 + 9×2 = 70 minutes for the 30 holes there; the plan for so long a time is not exact to the last hole.
        Assert.HasCount(31, moves);
        Assert.IsGreaterThanOrEqualTo(29, moves.Count(move => move.Hole > 30));
    }

    [TestMethod]
    public void Next_WithinAnHour_IsAsGoodAsTryingEverything()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            MeasuredGrid grid = Make.RandomGrid(seed);
            double minutes = 4 + seed % 20;
            CollectionState state = Make.At(grid.Grid, 0, minutes);

            double reached = Make.Drive(Make.RateWithoutBeliefs(grid.Grid), state).Sum(move => move.Probability);

            Assert.AreEqual(Exhaustive(grid.Grid, Make.At(grid.Grid, 0, minutes)), reached, 1e-9, $"seed {seed}, {minutes} min");
        }
    }

    [TestMethod]
    public void Observe_BadPatchOfAUselessClassifier_IsDiscounted()
    {
        // The classifier is sure of p and less sure of q, and p turns out bad.
        var grid = Make.Grid("g/s/p: " + string.Join(' ', Enumerable.Repeat("0.9-", 12)), "g/s/q: " + string.Join(' ', Enumerable.Repeat("0.75+", 12)));
        var planner = new RatePlanner(grid.Grid);
        CollectionState state = Make.At(grid.Grid, 0, 24);

        int wasted = 0;
        while (planner.Next(state) is PlanResult.Planned planned && planned.Hole < 12)
        {
            wasted++;
            state.Visit(planned.Hole);
            state.Record(planned.Hole, grid.CtfA[planned.Hole]);
            planner.Observe(state, planned.Hole);
            state.MinutesLeft = 24; // enough for one of the two patches
        }

        Assert.IsInRange(1, 6, wasted);
        Assert.HasCount(11, Make.Drive(Make.RateWithoutBeliefs(grid.Grid), Make.At(grid.Grid, 0, 24)).Where(move => move.Hole < 12).ToArray());
    }

    [TestMethod]
    public void Next_LastMoveFitsButNotInWholeSteps_IsMade()
    {
        var grid = Make.Grid("g/s/p: 0.9", "g/s/q: 0.9");

        PlanResult result = new RatePlanner(grid.Grid).Next(Make.At(grid.Grid, 0, 2.7, new MoveMinutes(2, 2.6, 5, 10)));

        Assert.AreEqual(1, ((PlanResult.Planned)result).Hole);
    }

    [TestMethod]
    public void Next_WithoutLimitOfTime_CollectsEverything()
    {
        var grid = Make.Grid("g/s/p: 0.9 0.05", "g/t/q: 0.4 0.1", "h/s/p: 0.01");

        var moves = Make.Drive(new RatePlanner(grid.Grid), Make.At(grid.Grid, 0, double.PositiveInfinity));

        Assert.HasCount(4, moves);
    }

    /// <summary>Most expected good holes over all sequences of moves that fit.</summary>
    private static double Exhaustive(Grid grid, CollectionState state)
    {
        double best = 0;
        for (int hole = 0; hole < grid.Holes.Count; hole++)
        {
            double minutes = state.MinutesTo(hole);
            if (state.IsVisited(hole) || minutes > state.MinutesLeft || !IsBestOfPatch(hole))
                continue;
            int current = state.Current;
            state.Visit(hole);
            state.MinutesLeft -= minutes;
            best = Math.Max(best, grid.Holes[hole].GivenProbability + Exhaustive(grid, state));
            state.MinutesLeft += minutes;
            state.PutBack(hole);
            state.StandAt(current);
        }
        return best;

        bool IsBestOfPatch(int hole) => grid.Patches[grid.Holes[hole].Patch].Holes
            .All(other => state.IsVisited(other) || grid.Holes[other].GivenProbability <= grid.Holes[hole].GivenProbability);
    }
}
