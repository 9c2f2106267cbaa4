using System.Globalization;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.CryoRL.Inference;
using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>Takes the candidate that a trained network values most. As CryoRL's, it never looks at a measured value and does not know the time left, but for what still fits.</summary>
internal sealed class LearnedPlanner : IPlanner
{
    private readonly LearnerSettings _settings;
    private readonly FusedForward _network;
    private readonly IRowMeaning _meaning;
    private readonly Candidates _candidates;
    private readonly Grid _grid;

    /// <summary>Of a short session as many patches are kept as of CryoRL's longest: fewer would leave the network no choice, because the patches
    /// with the most holes called good are not the quickest to collect. (The authors' scores at 120 to 360 min are likewise heads of one run of 480.)</summary>
    public LearnedPlanner(LearnerSettings settings, FusedNetwork network, PlannerSetup setup, bool elimination)
    {
        (_settings, _network, _grid) = (settings, new FusedForward(network), setup.Grid);
        _meaning = Learners.Meaning(settings);
        _candidates = new Candidates(setup.Grid, settings.Evidence);
        Elimination = elimination
            ? PatchElimination.For(setup.Grid, setup.Minutes, Math.Max(setup.PlannedMinutes, PlannerSetup.OpenEndedMinutes), PatchElimination.BetaInUse)
            : PatchElimination.None(setup.Grid);
    }

    public string Name => _settings.Name;

    /// <summary>The patches that are candidates, as long as they have unvisited holes.</summary>
    public PatchElimination Elimination { get; set; }

    public PlanResult Next(CollectionState state)
    {
        _candidates.Find(state, Elimination);
        if (_candidates.Count == 0)
            return PlannerTexts.NothingFits(state);
        (int row, float score) = Best(_network.Outputs(_candidates.Past, _candidates.Steps));
        int hole = _candidates.HoleOf(row);
        string why = string.Create(CultureInfo.InvariantCulture,
            $"valued most of {_candidates.Count} holes, the best of each patch ({score:0.00}): in patch {_grid.Patches[_grid.Holes[hole].Patch].Id}");
        return new PlanResult.Planned(hole, CtfCalibration.Default.Probability(_grid.Holes[hole]), state.MinutesTo(hole), why);
    }

    /// <summary>The first of the rows with the highest score.</summary>
    private (int Row, float Score) Best(ReadOnlySpan<float> outputs)
    {
        (int best, float highest) = (0, float.NaN);
        for (int row = 0; row < _candidates.Count; row++)
        {
            float score = _meaning.Score(outputs.Slice(row * _network.Stride, _meaning.Outputs));
            if (score > highest || float.IsNaN(highest))
                (best, highest) = (row, score);
        }
        return (best, highest);
    }

    public void Observe(CollectionState state, int hole)
    {
        // The features follow from what was visited.
    }
}
