using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Macros.Tests.Support;

/// <summary>What <c>evaluate planner</c> finds in the session that Bridge_Collect plays: its planner, its seed, 480 minutes.</summary>
internal static class Evaluated
{
    /// <param name="first">Navigator item of the first hole, which does not count.</param>
    /// <returns>Navigator items in the order of the visits, and how many of them are good.</returns>
    public static (int[] Items, int Good) Run(MeasuredGrid truth, int first)
    {
        RunResult run = new CollectionRun(truth, MoveMinutes.Text, 480, LastMove.Strict).Play(Planners.Create("rate", truth.Grid, 0), firstHole: first - 1);
        return ([.. run.Visits.Select(visit => visit.Hole + 1)], run.Good);
    }
}
