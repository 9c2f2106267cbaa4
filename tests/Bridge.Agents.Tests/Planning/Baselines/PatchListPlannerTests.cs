using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Baselines;
using Bridge.Domain.Sessions;

namespace Bridge.Agents.Tests.Planning.Baselines;

[TestClass]
public sealed class PatchListPlannerTests
{
    [TestMethod]
    public void Greedy_OrdersImagesThenPatchesByCalledGood_ThenTakesTheRest()
    {
        // Image g has 3 called good, h has 4; in h patch b has 3 and a has 1; squares do not matter.
        var grid = Make.Grid("g/s/p: 0.9 0.9 0.9", "h/s/a: 0.2 0.7", "h/t/b: 0.6 0.1 0.6 0.6");
        var state = new CollectionState(grid.Grid, MoveMinutes.Text) { MinutesLeft = 200 };

        List<PlanResult.Planned> moves = Make.Drive(PatchListPlanner.Greedy(grid.Grid), state);

        CollectionAssert.AreEqual(new[] { 5, 7, 8, 4, 0, 1, 2, 6, 3 }, moves.Select(move => move.Hole).ToArray());
        StringAssert.Contains(moves[6].Why, "7 of 7");
        StringAssert.Contains(moves[7].Why, "every hole called good was visited");
    }

    [TestMethod]
    public void Next_NextOfTheListDoesNotFit_TakesTheFirstThatDoes()
    {
        var grid = Make.Grid("g/s/p: 0.9 0.9 0.9", "h/s/a: 0.2 0.7");

        PlanResult result = PatchListPlanner.Greedy(grid.Grid).Next(Make.At(grid.Grid, hole: 3, minutesLeft: 9));

        Assert.AreEqual(4, ((PlanResult.Planned)result).Hole);
    }
}
