using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>What is known when a session opens, and a planner is made for it.</summary>
/// <param name="Grid">What is to be collected.</param>
/// <param name="Seed">Of the random choices, where there are any.</param>
public sealed record PlannerSetup(Grid Grid, int Seed)
{
    /// <summary>Without a limit, plans reach this far: CryoRL's longest session.</summary>
    public const double OpenEndedMinutes = 480;

    /// <summary>Minutes of the moves; planners that plan before the session need them.</summary>
    public MoveMinutes Minutes { get; init; } = MoveMinutes.Text;

    /// <summary>Minutes of the whole session as announced at its opening; infinity if nobody said.</summary>
    public double BudgetMinutes { get; init; } = double.PositiveInfinity;

    /// <summary>Minutes of an image of a patch in the square where the stage is; only <c>adaptive</c> asks for images.</summary>
    public double SurveyMinutes { get; init; } = 1;

    /// <summary>Longest image shift in µm between the shots of one stage position; only <c>groups</c> shifts.</summary>
    public double MaxShiftUm { get; init; }

    /// <summary>Minutes of each shot after the first of a stage position.</summary>
    public double ShotMinutes { get; init; } = 0.5;

    /// <summary>True if the sum of the users' scores is to be large, not the number of good micrographs; only <c>bayes</c> can.</summary>
    public bool CountsScores { get; init; }

    /// <summary>The measured values of every hole; only <c>oracle</c> needs it and only <c>oracle</c> reads it.</summary>
    public MeasuredGrid? Truth { get; init; }

    /// <summary>The budget, or <see cref="OpenEndedMinutes"/> where there is no usable one.</summary>
    public double PlannedMinutes => double.IsFinite(BudgetMinutes) && BudgetMinutes >= 0 ? BudgetMinutes : OpenEndedMinutes;
}
