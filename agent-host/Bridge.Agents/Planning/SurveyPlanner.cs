using Bridge.Agents.Planning.Hierarchy;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>Plans a session in which predictions exist only for patches whose image was taken: <c>adaptive</c>. See Hierarchy/README.md.</summary>
/// <param name="surveyMinutes">Of an image in the square where the stage is, above 0.</param>
public sealed class SurveyPlanner(double surveyMinutes) : IPlanner
{
    private AdaptiveSurvey _survey = new();
    private readonly List<int> _results = [];

    public string Name => _survey.Name;

    public PlanResult Next(CollectionState state)
    {
        var view = new SurveyState(state, surveyMinutes) { Results = _results };
        return _survey.Next(view) switch
        {
            HierarchyAction.Survey look => new PlanResult.Survey(Middle(state.Grid, look.Patch), view.MinutesToSurvey(look.Patch), look.Why),
            HierarchyAction.Shoot shoot => new PlanResult.Planned(shoot.Hole, _survey.Probability(shoot.Hole), state.MinutesTo(shoot.Hole), shoot.Why),
            HierarchyAction stop => new PlanResult.Stop(stop.Why),
        };
    }

    public void Observe(CollectionState state, int hole)
    {
        if (_results.Contains(hole))
            _survey = new AdaptiveSurvey(); // a correction: all is taken in again, as after every image
        else
            _results.Add(hole);
    }

    public bool See(CollectionState state) => true; // looks for itself when it is asked

    public HoleBelief? Explain(int hole) => _survey.Explain(hole);

    /// <summary>The hole of a patch that is nearest to the middle of its holes: where an image shows most of them.</summary>
    private static int Middle(Grid grid, int patch)
    {
        IReadOnlyList<int> holes = grid.Patches[patch].Holes;
        var middle = new Contracts.StageUm(holes.Average(hole => grid.Holes[hole].Stage.X), holes.Average(hole => grid.Holes[hole].Stage.Y), 0);
        return holes.MinBy(hole => grid.Holes[hole].Stage.SquaredDistanceTo(middle));
    }
}
