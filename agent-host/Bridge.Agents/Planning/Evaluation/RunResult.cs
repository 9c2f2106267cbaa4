namespace Bridge.Agents.Planning.Evaluation;

/// <summary>One visit of a run.</summary>
/// <param name="Hole">Position in the grid's holes.</param>
/// <param name="Minute">Minutes since the start, on arrival.</param>
/// <param name="Probability">With which the planner suggested it.</param>
public readonly record struct RunVisit(int Hole, double Minute, bool Good, double Probability = double.NaN);

/// <summary>What one run collected.</summary>
/// <param name="FirstHole">Where it started; neither counted nor charged.</param>
/// <param name="Good">Number of good holes.</param>
/// <param name="Visits">Every visit in order, without the first hole.</param>
public sealed record RunResult(int FirstHole, int Good, IReadOnlyList<RunVisit> Visits)
{
    /// <summary>Sum of the rewards of the moves (<see cref="CryoRL.MoveRewards"/>): what SSL²-RL calls the RL reward.</summary>
    public double Reward { get; init; }

    /// <summary>Good holes collected up to and including a minute: the time curve.</summary>
    public int GoodAt(double minute)
    {
        int good = 0;
        foreach (RunVisit visit in Visits)
            good += visit.Good && visit.Minute <= minute ? 1 : 0;
        return good;
    }
}
