namespace Bridge.Agents.Planning;

/// <summary>What a planner decided.</summary>
public abstract record PlanResult
{
    private PlanResult()
    {
    }

    /// <summary>Go to a hole.</summary>
    /// <param name="Hole">Position in the grid's holes.</param>
    /// <param name="Probability">Probability that it is good, 0 to 1, as the planner believes now.</param>
    /// <param name="ExpectedMinutes">Minutes of the move and the exposure.</param>
    /// <param name="Why">One sentence for a person.</param>
    public sealed record Planned(int Hole, double Probability, double ExpectedMinutes, string Why) : PlanResult
    {
        /// <summary>Positions of more holes to shoot from the same stage position, by image shift; the minutes are those of all.</summary>
        public IReadOnlyList<int> Others { get; init; } = [];

        /// <summary>The same in numbers; null from planners that have none.</summary>
        public Reasons? Reasons { get; init; }
    }

    /// <summary>Take the image of a patch: what it shows is worth more than what is known.</summary>
    /// <param name="Hole">A hole in the middle of the patch: where to go.</param>
    /// <param name="ExpectedMinutes">Of the move and the image.</param>
    /// <param name="Why">One sentence for a person.</param>
    public sealed record Survey(int Hole, double ExpectedMinutes, string Why) : PlanResult;

    /// <summary>Nothing is left that fits into the time left.</summary>
    public sealed record Stop(string Why) : PlanResult;
}
