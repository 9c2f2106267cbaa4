using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>
/// The holes among which a learner chooses, as rows for one batched forward pass: each row stands for all candidates that share all
/// features, so none is evaluated twice. Buffers are kept, so a decision allocates nothing. Rows come in the order of their first patch,
/// called good first. Use: <see cref="Find"/>, evaluate <see cref="Past"/> and <see cref="Steps"/>, then <see cref="HoleOf"/>.
/// </summary>
public sealed class Candidates(Grid grid)
{
    private readonly FeatureTable _features = new(grid);
    private readonly DistinctRows _rows = new(FeatureTable.StepWidth, 2 * grid.Patches.Count);
    private readonly Group[] _groups = new Group[2 * grid.Patches.Count];
    private readonly int[] _firstGroup = new int[2 * grid.Patches.Count]; // by row
    private readonly int[] _rowOf = new int[2 * grid.Patches.Count]; // by group
    private readonly float[] _step = new float[FeatureTable.StepWidth];
    private CollectionState? _state;
    private int _groupCount;

    /// <summary>Number of rows; 0 if no unvisited hole fits.</summary>
    public int Count => _rows.Count;

    /// <summary>Number of holes behind all rows.</summary>
    public int Holes { get; private set; }

    /// <summary>The past, the same for all rows: (<see cref="FeatureTable.PastWidth"/>).</summary>
    public ReadOnlySpan<float> Past => _features.Past;

    /// <summary>The candidates' own steps: (<see cref="Count"/>, <see cref="FeatureTable.StepWidth"/>), row-major. A first layer can take the
    /// past once and these row by row.</summary>
    public ReadOnlySpan<float> Steps => _rows.All;

    /// <summary>Collects the unvisited holes of the kept patches that fit into the minutes left; where there are none, those of all patches.</summary>
    /// <param name="elimination">Of the same grid; <see cref="PatchElimination.None"/> keeps all.</param>
    public void Find(CollectionState state, PatchElimination elimination)
    {
        _features.Sync(state);
        _rows.Clear();
        (_state, _groupCount, Holes) = (state, 0, 0);
        foreach (int patch in elimination.Patches)
            Add(patch);
        if (Count > 0)
            return;
        for (int patch = 0; patch < grid.Patches.Count; patch++)
            Add(patch);
    }

    /// <summary>Writes the whole input of one row: the past, then its own step.</summary>
    /// <param name="input">(<see cref="FeatureTable.Width"/>).</param>
    public void CopyInput(int row, Span<float> input)
    {
        Past.CopyTo(input);
        _rows[row].CopyTo(input[FeatureTable.PastWidth..]);
    }

    /// <summary>The hole that a row is taken to mean: the first of its first patch.</summary>
    public int HoleOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count);
        return Pick(_groups[_firstGroup[row]], skip: 0);
    }

    /// <summary>Any hole behind any row, all alike: for exploring.</summary>
    public int Draw(Random random)
    {
        (int group, int skip) = DrawGroup(random.Next(Holes), row: -1);
        return Pick(_groups[group], skip);
    }

    /// <summary>Any row, in proportion to the holes behind it.</summary>
    public int DrawRow(Random random) => _rowOf[DrawGroup(random.Next(Holes), row: -1).Group];

    /// <summary>Any hole behind one row, all alike: learning sees the mean of what they hide.</summary>
    public int DrawHole(int row, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count);
        int holes = 0;
        for (int group = _firstGroup[row]; group < _groupCount; group++)
            holes += _rowOf[group] == row ? _groups[group].Holes : 0;
        (int drawn, int skip) = DrawGroup(random.Next(holes), row);
        return Pick(_groups[drawn], skip);
    }

    /// <summary>The group with the hole that comes at a place among all holes, or (row 0 or more) among those behind one row, and how many of its holes come before.</summary>
    private (int Group, int Skip) DrawGroup(int at, int row)
    {
        for (int group = 0; ; group++)
        {
            if (row >= 0 && _rowOf[group] != row)
                continue;
            if (at < _groups[group].Holes)
                return (group, at);
            at -= _groups[group].Holes;
        }
    }

    private void Add(int patch)
    {
        ref readonly LevelCounts.Count count = ref _features.Counts.OfPatch(patch);
        if (count.Unvisited == 0 || _state!.Minutes[_features.MoveTo(patch)] > _state.MinutesLeft)
            return;
        _features.StepOf(patch).CopyTo(_step);
        Add(new Group(patch, Called: true, count.UnvisitedCalled));
        Add(new Group(patch, Called: false, count.Unvisited - count.UnvisitedCalled));
    }

    private void Add(Group group)
    {
        if (group.Holes == 0)
            return;
        _step[0] = group.Called ? 1 : 0;
        int before = Count, row = _rows.Add(_step);
        if (row == before)
            _firstGroup[row] = _groupCount;
        _rowOf[_groupCount] = row;
        _groups[_groupCount++] = group;
        Holes += group.Holes;
    }

    private int Pick(Group group, int skip)
    {
        IReadOnlyList<int> holes = grid.Patches[group.Patch].Holes;
        for (int i = 0; ; i++)
        {
            if (!_state!.IsVisited(holes[i]) && _features.Counts.IsCalledGood(holes[i]) == group.Called && skip-- == 0)
                return holes[i];
        }
    }

    /// <summary>The unvisited holes of one patch with one call: they share their features, perhaps with other groups.</summary>
    private readonly record struct Group(int Patch, bool Called, int Holes);
}
