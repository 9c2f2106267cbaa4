using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Training;

/// <summary>Plays <c>rate</c>, goes back to a decision, takes another patch once and plays <c>rate</c> to the end: a paired rollout over the same truth.</summary>
internal sealed class DeviationSampler(Random random)
{
    private const int Sessions = 4, Decisions = 16, MostOthers = 3;

    private static readonly MoveMinutes s_minutes = MoveMinutes.Text;

    /// <summary>Decisions of some sessions of 60 to 480 minutes, half of them where <c>rate</c> leaves a patch.</summary>
    public IEnumerable<Deviation> Of(MeasuredGrid truth, int number)
    {
        for (int session = 0; session < Sessions; session++)
        {
            double budget = 60 + random.Next(421);
            RunResult run = new CollectionRun(truth, s_minutes, budget, LastMove.Strict).Play(new RatePlanner(truth.Grid), random.Next(truth.Grid.Holes.Count));
            int[] all = [.. Enumerable.Range(0, Math.Max(0, run.Visits.Count - 1))], leaving = [.. all.Where(i => PatchAt(i) != PatchAt(i - 1))];
            for (int i = 0; i < Decisions && leaving.Length > 0; i++)
            {
                if (Once(truth, number, budget, run, i % 2 == 0 ? leaving[random.Next(leaving.Length)] : all[random.Next(all.Length)]) is { } deviation)
                    yield return deviation;
            }

            int PatchAt(int visit) => truth.Grid.Holes[visit < 0 ? run.FirstHole : run.Visits[visit].Hole].Patch;
        }
    }

    private Deviation? Once(MeasuredGrid truth, int number, double budget, RunResult run, int visit)
    {
        var collection = new GridCollection(truth, s_minutes, budget, LastMove.Strict);
        var planner = new RatePlanner(truth.Grid);
        var view = new DeviationView(truth.Grid);
        collection.Start(run.FirstHole);
        Observe(run.FirstHole);
        for (int i = 0; i < visit; i++)
        {
            collection.Move(run.Visits[i].Hole);
            Observe(run.Visits[i].Hole);
        }
        view.Sync(collection.State);
        int here = truth.Grid.Holes[collection.State.Current].Patch, ratePatch = truth.Grid.Holes[run.Visits[visit].Hole].Patch;
        int[] others = view.Others(collection.State, ratePatch, MostOthers);
        if (others.Length == 0)
            return null;
        int other = others[random.Next(others.Length)];
        float[] features = view.Features(collection.State, ratePatch, other);
        int hole = view.BestHole(other);
        collection.Move(hole);
        planner.Observe(collection.State, hole);
        while (collection.End == CollectionEnd.None && planner.Next(collection.State) is PlanResult.Planned planned)
        {
            collection.Move(planned.Hole);
            planner.Observe(collection.State, planned.Hole);
        }
        DeviationKind kind = ratePatch == here ? DeviationKind.LeaveEarlier : other == here ? DeviationKind.StayLonger : DeviationKind.GoElsewhere;
        return new Deviation(kind, number, features, collection.Good - run.Good);

        void Observe(int visited)
        {
            planner.Observe(collection.State, visited);
            view.Observe(collection.State, visited);
        }
    }
}
