using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>
/// Where a collection stands when patches have to be surveyed first. How many holes a patch has is known from the square's image; their predictions
/// are not until the patch's own image is taken, which costs the way there and leaves the stage at the patch.
/// </summary>
public sealed class SurveyState
{
    private readonly Target[] _whole;
    private readonly bool[] _surveyed;

    /// <param name="whole">With all predictions; they are shown patch by patch.</param>
    /// <param name="surveyMinutes">Of an image in the square where the stage is, above 0.</param>
    public SurveyState(Grid whole, MoveMinutes minutes, double surveyMinutes)
    {
        if (!(surveyMinutes > 0 && double.IsFinite(surveyMinutes)))
            throw new ArgumentOutOfRangeException(nameof(surveyMinutes), surveyMinutes, "an image of a patch takes more than 0 minutes");
        _whole = [.. whole.ToTargets()];
        _surveyed = new bool[whole.Patches.Count];
        SurveyMinutes = surveyMinutes;
        Known = Hidden();
        State = new CollectionState(Known, minutes);
    }

    /// <summary>Visits, results and time; its grid has no predictions. <see cref="Known"/> has those that were seen.</summary>
    public CollectionState State { get; }

    /// <summary>The grid with the predictions of the surveyed patches; a new one after every survey.</summary>
    public Grid Known { get; private set; }

    public double SurveyMinutes { get; }

    public int SurveyedPatches { get; private set; }

    /// <summary>Holes in the order in which their results came.</summary>
    public List<int> Results { get; } = [];

    public bool IsSurveyed(int patch) => _surveyed[patch];

    /// <summary>Minutes of going to a patch and taking its image: the move to one of its holes without the exposure, at least <see cref="SurveyMinutes"/>.</summary>
    public double MinutesToSurvey(int patch) => Math.Max(SurveyMinutes, State.MinutesToPatch(patch) - State.Minutes.SamePatch);

    /// <summary>The image of a patch is taken; the stage is there.</summary>
    public void Survey(int patch)
    {
        if (!_surveyed[patch])
            SurveyedPatches++;
        _surveyed[patch] = true;
        State.StandAt(Known.Patches[patch].Holes[0]);
        Known = Hidden();
    }

    private Grid Hidden() => GridBuilder.FromTargets(_whole.Select((target, hole) =>
        Known is null || !_surveyed[Known.Holes[hole].Patch] ? target with { PredictedCtfA = null, Probability = null } : target));
}
