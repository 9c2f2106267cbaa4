using Bridge.Agents.Planning;
using Bridge.Agents.Planning.OffPolicy;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.OffPolicy;

[TestClass]
public sealed class OffPolicyEstimateTests
{
    private const double BudgetMin = 120;

    [TestMethod]
    [DataRow("rate")]
    [DataRow("bayes")]
    public void Make_ThePlannerInCharge_FindsWhatItFoundWithoutDoubt(string planner)
    {
        MeasuredGrid truth = Specimen(1);
        RecordedSession session = Record(truth, planner);

        OffPolicyEstimate estimate = OffPolicyEstimate.Make(session, () => Planners.Create(planner, truth.Grid, 0), rollouts: 3, seed: 0);

        Assert.AreEqual(session.Good, estimate.Good);
        Assert.AreEqual((estimate.Good, estimate.Good), (estimate.Low, estimate.High));
        Assert.AreEqual(session.Visits.Count, estimate.Holes);
        Assert.AreEqual(0, estimate.UnknownShare);
    }

    /// <summary>The estimate is laid beside what the other planner really finds on the same grid.</summary>
    [TestMethod]
    public void Make_AnotherPlanner_IntervalHoldsWhatItReallyFinds()
    {
        const int Sessions = 12;
        int held = 0;
        double estimated = 0, found = 0, unknown = 0;
        for (int seed = 1; seed <= Sessions; seed++)
        {
            MeasuredGrid truth = Specimen(seed);
            RecordedSession session = Record(truth, "greedy");
            OffPolicyEstimate estimate = OffPolicyEstimate.Make(session, () => Planners.Create("rate", truth.Grid, 0), rollouts: 30, seed);
            int really = OffPolicyEstimate.Play(session, Planners.Create("rate", truth.Grid, 0), [.. truth.CtfA], session.MoveMinutes).Good;

            held += really >= estimate.Low && really <= estimate.High ? 1 : 0;
            (estimated, found, unknown) = (estimated + estimate.Good, found + really, unknown + (estimate.UnknownShare / Sessions));
        }

        Console.WriteLine($"held {held} of {Sessions}, estimated {estimated:0.0}, found {found}, never shot {unknown:P0}");
        Assert.IsTrue(held >= Sessions * 3 / 4, $"{held} of {Sessions} intervals hold what was found");
        Assert.AreEqual(found, estimated, 0.1 * found);
        Assert.IsTrue(unknown is > 0.1 and < 1, $"{unknown:P0} unknown");
    }

    [TestMethod]
    public void Make_SameSeed_GivesTheSame()
    {
        MeasuredGrid truth = Specimen(2);
        RecordedSession session = Record(truth, "greedy");

        OffPolicyEstimate Made(int seed) => OffPolicyEstimate.Make(session, () => Planners.Create("rate", truth.Grid, 0), rollouts: 8, seed);

        Assert.AreEqual(Made(5), Made(5));
        Assert.AreNotEqual(Made(5), Made(6));
    }

    [TestMethod]
    public void Make_NothingMeasured_SaysThatAllIsUnknown()
    {
        MeasuredGrid truth = Specimen(3);
        var start = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = 60 };
        var end = new CollectionState(start);
        foreach (int hole in truth.Grid.Patches[0].Holes.Take(10))
            end.Visit(hole);

        OffPolicyEstimate estimate = OffPolicyEstimate.Make(new RecordedSession(start, end, []), () => Planners.Create("rate", truth.Grid, 0), rollouts: 5, seed: 0);

        Assert.AreEqual(1, estimate.UnknownShare);
        Assert.IsTrue(estimate.Low < estimate.High);
    }

    private static MeasuredGrid Specimen(int seed) => SimulatedGrid.Create(SimulatedGridSettings.ForHoles(400, seed));

    private static RecordedSession Record(MeasuredGrid truth, string name)
    {
        IPlanner planner = Planners.Create(name, truth.Grid, 0);
        var start = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = BudgetMin };
        var state = new CollectionState(start);
        var results = new List<int>();
        while (planner.Next(state) is PlanResult.Planned planned)
        {
            state.MinutesLeft -= state.MinutesTo(planned.Hole);
            state.Visit(planned.Hole);
            state.Record(planned.Hole, truth.CtfA[planned.Hole]);
            results.Add(planned.Hole);
            planner.Observe(state, planned.Hole);
        }
        return new RecordedSession(start, state, results);
    }
}
