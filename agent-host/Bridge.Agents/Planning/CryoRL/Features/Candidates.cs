using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>
/// The holes among which a learner chooses, as rows for one batched forward pass: each row stands for the unvisited holes of one patch that
/// are called good, or for those that are not, because they share all features. Buffers are kept, so a decision allocates nothing.
/// Order: by patch, called good first. Use: <see cref="Find"/>, evaluate <see cref="Past"/> and <see cref="Steps"/>, then <see cref="HoleOf(int)"/>.
/// </summary>
public sealed class Candidates(Grid grid)
{
    private readonly FeatureTable _features = new(grid);
    private readonly float[] _steps = new float[2 * grid.Patches.Count * FeatureTable.StepWidth];
    private readonly int[] _patch = new int[2 * grid.Patches.Count];
    private readonly bool[] _called = new bool[2 * grid.Patches.Count];
    private readonly int[] _holes = new int[2 * grid.Patches.Count];
    private CollectionState? _state;

    /// <summary>Number of rows; 0 if no unvisited hole fits.</summary>
    public int Count { get; private set; }

    /// <summary>Number of holes behind all rows.</summary>
    public int Holes { get; private set; }

    /// <summary>The past, the same for all rows: (<see cref="FeatureTable.PastWidth"/>).</summary>
    public ReadOnlySpan<float> Past => _features.Past;

    /// <summary>The candidates' own steps: (<see cref="Count"/>, <see cref="FeatureTable.StepWidth"/>), row-major. A first layer can take the
    /// past once and these row by row.</summary>
    public ReadOnlySpan<float> Steps => _steps.AsSpan(0, Count * FeatureTable.StepWidth);

    public int PatchOf(int row) => _patch[Checked(row)];

    public bool IsCalledGood(int row) => _called[Checked(row)];

    /// <summary>How many holes a row stands for.</summary>
    public int HolesOf(int row) => _holes[Checked(row)];

    /// <summary>Collects the unvisited holes of the kept patches that fit into the minutes left; where there are none, those of all patches.</summary>
    /// <param name="elimination">Of the same grid; <see cref="PatchElimination.None"/> keeps all.</param>
    public void Find(CollectionState state, PatchElimination elimination)
    {
        _features.Sync(state);
        (_state, Count, Holes) = (state, 0, 0);
        foreach (int patch in elimination.Patches)
            Add(patch);
        for (int patch = 0, kept = Count; kept == 0 && patch < grid.Patches.Count; patch++)
            Add(patch);
    }

    /// <summary>Writes the whole input of one row: the past, then its own step.</summary>
    /// <param name="input">(<see cref="FeatureTable.Width"/>).</param>
    public void CopyInput(int row, Span<float> input)
    {
        Past.CopyTo(input);
        _steps.AsSpan(Checked(row) * FeatureTable.StepWidth, FeatureTable.StepWidth).CopyTo(input[FeatureTable.PastWidth..]);
    }

    /// <summary>The hole that a row is taken to mean: the first in the grid's order.</summary>
    public int HoleOf(int row) => HoleOf(Checked(row), 0);

    /// <summary>Any hole behind any row, all alike: for exploring.</summary>
    public int Draw(Random random)
    {
        int at = random.Next(Holes);
        int row = 0;
        while (at >= _holes[row])
            at -= _holes[row++];
        return HoleOf(row, at);
    }

    private void Add(int patch)
    {
        ref readonly LevelCounts.Count count = ref _features.Counts.OfPatch(patch);
        if (count.Unvisited == 0 || _state!.MinutesToPatch(patch) > _state.MinutesLeft)
            return;
        Add(patch, called: true, count.UnvisitedOf(called: true));
        Add(patch, called: false, count.UnvisitedOf(called: false));
    }

    private void Add(int patch, bool called, int holes)
    {
        if (holes == 0)
            return;
        Span<float> step = _steps.AsSpan(Count * FeatureTable.StepWidth, FeatureTable.StepWidth);
        _features.StepOf(patch).CopyTo(step);
        step[0] = called ? 1 : 0;
        (_patch[Count], _called[Count], _holes[Count]) = (patch, called, holes);
        Holes += holes;
        Count++;
    }

    private int HoleOf(int row, int skip)
    {
        IReadOnlyList<int> holes = grid.Patches[_patch[row]].Holes;
        for (int i = 0; ; i++)
        {
            if (!_state!.IsVisited(holes[i]) && _features.Counts.IsCalledGood(holes[i]) == _called[row] && skip-- == 0)
                return holes[i];
        }
    }

    private int Checked(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count);
        return row;
    }
}
