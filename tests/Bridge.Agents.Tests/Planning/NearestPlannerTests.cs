using Bridge.Agents.Planning;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning;

[TestClass]
public sealed class NearestPlannerTests
{
    // Holes lie 2 µm apart in the order given.
    private static readonly Grid Grid = Make.Grid("g/s/p: 0.1 0.1 0.1", "h/s/p: 0.1", "g/t/p: 0.1 0.1", "g/s/q: 0.1").Grid;

    [TestMethod]
    public void Next_GoesOutwardsLevelByLevel()
    {
        CollectionState state = Make.At(Grid, hole: 2, minutesLeft: 100);

        int[] holes = [.. Make.Drive(new NearestPlanner(Grid), state).Select(move => move.Hole)];

        // Own patch by distance, then the square's other patch, then the grid-level image's other square, then elsewhere.
        CollectionAssert.AreEqual(new[] { 1, 0, 6, 5, 4, 3 }, holes);
    }

    [TestMethod]
    public void Next_SameDistance_TakesTheFirst()
    {
        PlanResult result = new NearestPlanner(Grid).Next(Make.At(Grid, hole: 1, minutesLeft: 100));

        Assert.AreEqual(0, ((PlanResult.Planned)result).Hole);
    }

    [TestMethod]
    public void Next_LevelsThatCostTheSame_AreTakenByDistance()
    {
        var minutes = new MoveMinutes(2, 2, 2, 2);

        PlanResult result = new NearestPlanner(Grid).Next(Make.At(Grid, hole: 3, minutesLeft: 100, minutes));

        Assert.AreEqual(2, ((PlanResult.Planned)result).Hole);
    }
}
