using Bridge.Domain.Sessions;

namespace Bridge.Agents.Planning.OffPolicy;

/// <summary>
/// What another planner would have found in the time of a recorded session. The planner plays the session again and again: a hole that was measured is as it was measured, any other as one draw of
/// <see cref="OutcomeModel"/>. Planners here are deterministic, so weighting by the probability of the recorded choices (importance sampling) has nothing to weigh; this is the model-based way.
/// </summary>
/// <param name="Rollouts">How often it was played.</param>
/// <param name="Good">Mean good holes.</param>
/// <param name="Low">Nine in ten rollouts lie between this ...</param>
/// <param name="High">... and this.</param>
/// <param name="Holes">Mean holes visited.</param>
/// <param name="Known">Mean holes among them that the session had measured; of the others only the model knows.</param>
public sealed record OffPolicyEstimate(int Rollouts, double Good, double Low, double High, double Holes, double Known)
{
    private const double Tail = 0.05;

    /// <summary>Share of the visited holes of which the session cannot know what they are like, 0 to 1.</summary>
    public double UnknownShare => Holes > 0 ? 1 - (Known / Holes) : 0;

    /// <summary>Plays the session with another planner.</summary>
    /// <param name="create">A fresh planner for the session's grid.</param>
    /// <param name="rollouts">1 or more.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <exception cref="OperationCanceledException">Stopped between two rollouts.</exception>
    public static OffPolicyEstimate Make(RecordedSession session, Func<IPlanner> create, int rollouts, int seed, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rollouts, 1);
        var model = new OutcomeModel(session);
        double[] good = new double[rollouts];
        double budget = session.MoveMinutes, holes = 0, known = 0;
        for (int i = 0; i < rollouts; i++)
        {
            stop.ThrowIfCancellationRequested();
            (good[i], int visited, int measured) = Play(session, create(), model.Draw(new Random(HashCode(seed, i))), budget);
            (holes, known) = (holes + visited, known + measured);
            progress?.Report((i + 1.0) / rollouts);
        }
        double mean = good.Average();
        Array.Sort(good);
        return new OffPolicyEstimate(rollouts, mean, Quantile(good, Tail), Quantile(good, 1 - Tail), holes / rollouts, known / rollouts);
    }

    /// <summary>One collection where every hole is as given; a move that would exceed the minutes is not made.</summary>
    /// <param name="ctfA">By hole, in Å.</param>
    /// <param name="budget">Minutes for moves. The planner sees the session's own minutes left, which may be more.</param>
    /// <returns>Good holes, all holes, and those that the session had measured.</returns>
    internal static (int Good, int Holes, int Known) Play(RecordedSession session, IPlanner planner, double[] ctfA, double budget)
    {
        var state = new CollectionState(session.Start) { Minutes = session.End.Minutes };
        state.See(session.Grid);
        double left = session.Start.MinutesLeft, elapsed = 0;
        foreach (int hole in session.Results)
        {
            if (!double.IsNaN(state.MeasuredCtfA(hole)))
                planner.Observe(state, hole);
        }
        (int good, int holes, int known) = (0, 0, 0);
        while (planner.Next(state) is PlanResult.Planned planned)
        {
            elapsed += state.MinutesTo(planned.Hole);
            if (elapsed > budget + 1e-9)
                break;
            state.Visit(planned.Hole);
            state.Record(planned.Hole, ctfA[planned.Hole]);
            state.MinutesLeft = Math.Max(0, left - elapsed);
            planner.Observe(state, planned.Hole);
            holes++;
            good += CollectionState.IsGood(ctfA[planned.Hole]) ? 1 : 0;
            known += session.IsKnown(planned.Hole) ? 1 : 0;
        }
        return (good, holes, known);
    }

    /// <summary>The same in every process.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 486_187_739) + number);

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
