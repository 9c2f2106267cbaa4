using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>
/// Where a collection stands when patches have to be surveyed first. How many holes a patch has is known from the square's image; their predictions
/// are not until the patch's own image is taken, which costs the way there and leaves the stage at the patch.
/// </summary>
public sealed class SurveyState
{
    private readonly Grid? _whole;

    /// <summary>A grid that is known as a whole, to be shown patch by patch.</summary>
    /// <param name="whole">With all predictions.</param>
    /// <param name="surveyMinutes">Of an image in the square where the stage is, above 0.</param>
    public SurveyState(Grid whole, MoveMinutes minutes, double surveyMinutes)
        : this(new CollectionState(whole.WithPredictions(whole.Holes.Select(hole => (hole.Index, double.NaN, double.NaN))), minutes), surveyMinutes) => _whole = whole;

    /// <summary>A session that learns its predictions from elsewhere.</summary>
    /// <inheritdoc cref="SurveyState(Grid, MoveMinutes, double)"/>
    public SurveyState(CollectionState state, double surveyMinutes)
    {
        if (!(surveyMinutes > 0 && double.IsFinite(surveyMinutes)))
            throw new ArgumentOutOfRangeException(nameof(surveyMinutes), surveyMinutes, "an image of a patch takes more than 0 minutes");
        (State, SurveyMinutes) = (state, surveyMinutes);
    }

    /// <summary>Visits, results and time, and which patches were surveyed.</summary>
    public CollectionState State { get; }

    /// <summary>The grid with the predictions that were seen; a new one after every survey.</summary>
    public Grid Known => State.Grid;

    public double SurveyMinutes { get; }

    public int SurveyedPatches => State.SurveyedPatches;

    /// <summary>Holes in the order in which their results came.</summary>
    public List<int> Results { get; init; } = [];

    public bool IsSurveyed(int patch) => State.IsSurveyed(patch);

    /// <summary>Minutes of going to a patch and taking its image: the move to one of its holes without the exposure, at least <see cref="SurveyMinutes"/>.</summary>
    public double MinutesToSurvey(int patch) => Math.Max(SurveyMinutes, State.MinutesToPatch(patch) - State.Minutes.SamePatch);

    /// <summary>The image of a patch is taken, and shows the predictions of a grid known as a whole; the stage is there.</summary>
    public void Survey(int patch)
    {
        State.SetSurveyed(patch);
        State.StandAt(Known.Patches[patch].Holes[0]);
        if (_whole is { } whole)
            State.See(Known.WithPredictions(Known.Patches[patch].Holes.Select(hole => (hole, whole.Holes[hole].PredictedCtfA, whole.Holes[hole].GivenProbability))));
    }
}
