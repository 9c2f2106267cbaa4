using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>
/// The holes among which a learner chooses, as rows for one batched forward pass. Of a patch only its most probable unvisited hole is a candidate: any
/// other costs the same minutes and is worth less, so a network need not learn to leave it. Buffers are kept, so a decision allocates nothing.
/// Rows come in the order of the kept patches, then of the others in the square. Use: <see cref="Find"/>, evaluate <see cref="Past"/> and <see cref="Steps"/>, then <see cref="HoleOf"/>.
/// </summary>
public sealed class Candidates(Grid grid, HoleEvidence evidence = HoleEvidence.Probabilities)
{
    private readonly FeatureTable _features = new(grid, evidence);
    private readonly float[] _steps = new float[FeatureTable.StepWidth * grid.Patches.Count];
    private readonly int[] _patches = new int[grid.Patches.Count]; // by row
    private CollectionState? _state;

    /// <summary>Number of rows; 0 if no unvisited hole fits.</summary>
    public int Count { get; private set; }

    /// <summary>Number of unvisited holes in the patches behind all rows.</summary>
    public int Holes { get; private set; }

    /// <summary>The past, the same for all rows: (<see cref="FeatureTable.PastWidth"/>).</summary>
    public ReadOnlySpan<float> Past => _features.Past;

    /// <summary>The candidates' own steps: (<see cref="Count"/>, <see cref="FeatureTable.StepWidth"/>), row-major. A first layer can take the
    /// past once and these row by row.</summary>
    public ReadOnlySpan<float> Steps => _steps.AsSpan(0, Count * FeatureTable.StepWidth);

    /// <summary>Collects the best unvisited hole that fits into the minutes left of each kept patch and of each patch in the square where the stage is (the ranking by holes called
    /// good does not know that it is near, and a short session lives on what is near); where no kept patch has one, those of all patches.</summary>
    /// <param name="elimination">Of the same grid; <see cref="PatchElimination.None"/> keeps all.</param>
    public void Find(CollectionState state, PatchElimination elimination)
    {
        _features.Sync(state);
        (_state, Count, Holes) = (state, 0, 0);
        foreach (int patch in elimination.Patches)
            Add(patch);
        bool all = Count == 0;
        IReadOnlyList<int> more = all || state.Current < 0 ? [] : grid.Squares[grid.SquareOfPatch(grid.Holes[state.Current].Patch)].Patches;
        for (int i = 0; i < more.Count; i++)
        {
            if (!elimination.Keeps(more[i]))
                Add(more[i]);
        }
        for (int patch = 0; all && patch < grid.Patches.Count; patch++)
            Add(patch);
    }

    /// <summary>Writes the whole input of one row: the past, then its own step.</summary>
    /// <param name="input">(<see cref="FeatureTable.Width"/>).</param>
    public void CopyInput(int row, Span<float> input)
    {
        Past.CopyTo(input);
        Steps.Slice(row * FeatureTable.StepWidth, FeatureTable.StepWidth).CopyTo(input[FeatureTable.PastWidth..]);
    }

    /// <summary>The hole of a row.</summary>
    public int HoleOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count);
        return _features.BestOf(_patches[row]);
    }

    /// <summary>Any row, in proportion to the unvisited holes of its patch: for exploring.</summary>
    public int DrawRow(Random random)
    {
        int at = random.Next(Holes), row = 0;
        for (; at >= _features.Counts.OfPatch(_patches[row]).Unvisited; row++)
            at -= _features.Counts.OfPatch(_patches[row]).Unvisited;
        return row;
    }

    private void Add(int patch)
    {
        int unvisited = _features.Counts.OfPatch(patch).Unvisited;
        if (unvisited == 0 || _state!.Minutes[_features.MoveTo(patch)] > _state.MinutesLeft)
            return;
        _features.StepOf(patch).CopyTo(_steps.AsSpan(Count * FeatureTable.StepWidth));
        _patches[Count++] = patch;
        Holes += unvisited;
    }
}
