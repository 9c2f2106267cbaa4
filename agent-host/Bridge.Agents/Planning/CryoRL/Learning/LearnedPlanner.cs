using System.Globalization;
using System.Runtime.InteropServices;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>Takes the candidate that a trained network values most. As CryoRL's, it never looks at a measured value and does not know the time left, but for what still fits.</summary>
internal sealed class LearnedPlanner : IPlanner
{
    private readonly LearnerSettings _settings;
    private readonly RowNetwork _network;
    private readonly IRowMeaning _meaning;
    private readonly PatchElimination _elimination;
    private readonly Candidates _candidates;
    private readonly Grid _grid;

    /// <summary>Of a short session as many patches are kept as of CryoRL's longest: fewer would leave the network no choice, because the patches
    /// with the most holes called good are not the quickest to collect. (The authors' scores at 120 to 360 min are likewise heads of one run of 480.)</summary>
    /// <param name="network">In evaluation mode; not changed.</param>
    public LearnedPlanner(LearnerSettings settings, RowNetwork network, PlannerSetup setup, bool elimination)
    {
        (_settings, _network, _grid) = (settings, network, setup.Grid);
        _meaning = Learners.Meaning(settings);
        _candidates = new Candidates(setup.Grid, settings.Evidence);
        _elimination = elimination
            ? PatchElimination.For(setup.Grid, setup.Minutes, Math.Max(setup.PlannedMinutes, PlannerSetup.OpenEndedMinutes), PatchElimination.BetaInUse)
            : PatchElimination.None(setup.Grid);
    }

    public string Name => _settings.Name;

    public PlanResult Next(CollectionState state)
    {
        _candidates.Find(state, _elimination);
        if (_candidates.Count == 0)
            return PlannerTexts.NothingFits(state);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor outputs = _network.Outputs(RowBatch.Of(_candidates));
        ReadOnlySpan<float> scores = MemoryMarshal.Cast<byte, float>(_meaning.Scores(outputs).bytes);
        int row = RowBatch.IndexOfBest(scores);
        int hole = _candidates.HoleOf(row);
        string why = string.Create(CultureInfo.InvariantCulture,
            $"valued most of {_candidates.Count} holes, the best of each patch ({scores[row]:0.00}): in patch {_grid.Patches[_grid.Holes[hole].Patch].Id}");
        return new PlanResult.Planned(hole, CtfCalibration.Default.Probability(_grid.Holes[hole]), state.MinutesTo(hole), why);
    }

    public void Observe(CollectionState state, int hole)
    {
        // The features follow from what was visited.
    }
}
