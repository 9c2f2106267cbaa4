using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>The order in which a trained policy visits the holes of a grid when nothing ends the session (SSL²-RL, section 3).</summary>
internal static class VisitingOrder
{
    /// <summary>Patches that are candidates, beside those of the square where the stage is, and visits after which they are chosen again.</summary>
    private const int Candidates = 48, LooksAgain = 8;

    /// <summary>The first holes of the order; what comes after the cut-off N_C makes no difference to the labels, so it is not played.</summary>
    /// <param name="grid">With P(good) of every hole.</param>
    /// <param name="first">The hole to start at; it counts as visited.</param>
    /// <param name="count">N_C, 1 to the number of holes.</param>
    public static int[] Head(LearnedModel policy, Grid grid, MoveMinutes minutes, int first, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count - 1, (uint)grid.Holes.Count - 1, nameof(count));
        var window = new PatchWindow(grid, Candidates);
        LearnedPlanner planner = policy.CreateLearned(new PlannerSetup(grid, Seed: 0) { Minutes = minutes });
        var state = new CollectionState(grid, minutes);
        int[] head = new int[count];
        for (int i = 0, hole = first; ; hole = Next(planner, state))
        {
            cancellationToken.ThrowIfCancellationRequested();
            state.Visit(hole);
            head[i++] = hole;
            if (i == count)
                return head;
            window.Visit(hole);
            if (i % LooksAgain == 1)
                planner.Elimination = window.Patches();
        }
    }

    private static int Next(LearnedPlanner planner, CollectionState state) => planner.Next(state) switch
    {
        PlanResult.Planned planned => planned.Hole,
        var other => throw new InvalidOperationException($"the policy ends with {state.Unvisited} holes left and without a time limit: {other}"),
    };
}
