using Bridge.Agents.Planning;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Measuring;

/// <summary>A planner's session in this process, without host, socket and journal.</summary>
internal sealed class PlannedSession
{
    private readonly MeasuredGrid _truth;
    private readonly IPlanner _planner;

    public PlannedSession(MeasuredGrid truth, string planner, double minutesLeft)
    {
        _truth = truth;
        _planner = Planners.Create(planner, truth.Grid, seed: 0, truth);
        State = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = minutesLeft };
    }

    public CollectionState State { get; }

    public PlanResult Next() => _planner.Next(State);

    /// <summary>Goes there, measures, and tells the planner.</summary>
    public void Arrive(int hole)
    {
        State.Visit(hole);
        State.Record(hole, _truth.CtfA[hole]);
        _planner.Observe(State, hole);
    }
}
