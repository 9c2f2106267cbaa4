using Bridge.Domain.Specimen;

namespace Bridge.Domain.Sessions;

/// <summary>
/// Where one collection stands: which holes were handed out, what was measured, where the stage is, how many minutes are left.
/// Changed by one thread at a time (the session's mailbox).
/// </summary>
public sealed class CollectionState
{
    /// <summary>A hole is good (CryoRL: low-CTF, lCTF) up to this CTF value in Å.</summary>
    public const double GoodUpToA = 6.0;

    private readonly bool[] _visited;
    private readonly double[] _ctfA;
    private readonly List<int> _path = [];
    private readonly Dictionary<int, double> _scores = [];
    private readonly bool[] _surveyed; // by patch

    public CollectionState(Grid grid, MoveMinutes minutes)
    {
        Grid = grid;
        Minutes = minutes;
        _visited = new bool[grid.Holes.Count];
        _ctfA = new double[grid.Holes.Count];
        Array.Fill(_ctfA, double.NaN);
        Unvisited = grid.Holes.Count;
        _surveyed = new bool[grid.Patches.Count];
        MarkPredicted();
    }

    /// <summary>A copy to try moves on; changes of one are not seen by the other.</summary>
    public CollectionState(CollectionState other)
    {
        (Grid, Minutes, MinutesLeft, Current) = (other.Grid, other.Minutes, other.MinutesLeft, other.Current);
        (Unvisited, Measured, Good) = (other.Unvisited, other.Measured, other.Good);
        (_visited, _ctfA, _path, _surveyed) = ([.. other._visited], [.. other._ctfA], [.. other._path], [.. other._surveyed]);
        (SurveyedPatches, _scores) = (other.SurveyedPatches, new Dictionary<int, double>(other._scores));
    }

    /// <summary>What is collected, with the predictions that are known by now.</summary>
    public Grid Grid { get; private set; }

    /// <summary>Minutes of the moves, as far as they are known now.</summary>
    public MoveMinutes Minutes { get; set; }

    /// <summary>The hole that the stage is at or on its way to, or -1 before the first move.</summary>
    public int Current { get; private set; } = -1;

    /// <summary>Minutes left for moves; infinite if nobody set a limit.</summary>
    public double MinutesLeft { get; set; } = double.PositiveInfinity;

    /// <summary>Number of holes that can still be suggested.</summary>
    public int Unvisited { get; private set; }

    /// <summary>Number of holes measured so far, and how many of them were good.</summary>
    public int Measured { get; private set; }

    /// <inheritdoc cref="Measured"/>
    public int Good { get; private set; }

    /// <summary>True if the hole was handed out, measured or skipped: it must not be suggested.</summary>
    public bool IsVisited(int hole) => _visited[hole];

    /// <summary><see cref="IsVisited"/> of every hole, in the grid's order: for whoever follows what changed.</summary>
    public ReadOnlySpan<bool> Visited => _visited;

    /// <summary>The holes that the stage went to with <see cref="Visit"/>, in order; none twice in a row.</summary>
    public IReadOnlyList<int> Path => _path;

    /// <summary>What the client said that a micrograph is worth, 0 or more; NaN if it said nothing.</summary>
    public double Score(int hole) => _scores.GetValueOrDefault(hole, double.NaN);

    /// <summary>Micrographs of which the client said what they are worth, and the sum of that.</summary>
    public (int Count, double Sum) Scores => (_scores.Count, _scores.Values.Sum());

    /// <summary>Measured CTF value in Å; NaN if not measured.</summary>
    public double MeasuredCtfA(int hole) => _ctfA[hole];

    public static bool IsGood(double ctfA) => ctfA <= GoodUpToA;

    /// <summary>Minutes of a move from where the stage is; without a position yet, the first move costs as much as one to another
    /// grid-level image.</summary>
    public double MinutesTo(int hole) => MinutesToPatch(Grid.Holes[hole].Patch);

    /// <inheritdoc cref="MinutesTo"/>
    public double MinutesToPatch(int patch)
        => Current < 0 ? Minutes.OtherGridImage : Minutes[Grid.LevelBetween(Grid.Holes[Current].Patch, patch)];

    /// <summary>The stage goes to a hole; the hole is not suggested again.</summary>
    public void Visit(int hole)
    {
        MarkVisited(hole);
        Current = hole;
        if (_path.Count == 0 || _path[^1] != hole)
            _path.Add(hole);
    }

    /// <summary>The hole is not to be suggested; the stage stays where it is.</summary>
    public void MarkVisited(int hole)
    {
        if (!_visited[hole])
            Unvisited--;
        _visited[hole] = true;
    }

    /// <summary>The hole may be suggested again.</summary>
    public void PutBack(int hole)
    {
        if (_visited[hole])
            Unvisited++;
        _visited[hole] = false;
    }

    /// <summary>Number of patches whose image was taken, as far as the session knows.</summary>
    public int SurveyedPatches { get; private set; }

    /// <summary>True if a patch has a prediction, or its image was asked for.</summary>
    public bool IsSurveyed(int patch) => _surveyed[patch];

    /// <summary>The image of a patch is taken, whatever it shows; or it was not taken after all.</summary>
    public void SetSurveyed(int patch, bool surveyed = true)
    {
        SurveyedPatches += (surveyed ? 1 : 0) - (_surveyed[patch] ? 1 : 0);
        _surveyed[patch] = surveyed;
    }

    /// <summary>Takes over predictions that became known.</summary>
    /// <param name="grid">The same grid with more predictions.</param>
    /// <exception cref="ArgumentException">It is another one.</exception>
    public void See(Grid grid)
    {
        if (grid.Holes.Count != Grid.Holes.Count || grid.Patches.Count != Grid.Patches.Count)
            throw new ArgumentException($"a grid of {grid.Holes.Count} holes in {grid.Patches.Count} patches is not the one of this session, with {Grid.Holes.Count} in {Grid.Patches.Count}", nameof(grid));
        Grid = grid;
        MarkPredicted();
    }

    /// <summary>The stage was seen beside this hole, without a visit; -1 if nobody knows where it is.</summary>
    public void StandAt(int hole) => Current = hole;

    /// <summary>Keeps a measured CTF value in Å. A second value for the same hole takes the place of the first.</summary>
    /// <param name="score">What it is worth to the user, 0 or more, or NaN.</param>
    public void Record(int hole, double ctfA, double score = double.NaN)
    {
        if (!double.IsNaN(score))
            _scores[hole] = score;
        MarkVisited(hole);
        if (double.IsNaN(_ctfA[hole]))
            Measured++;
        else if (IsGood(_ctfA[hole]))
            Good--;
        if (IsGood(ctfA))
            Good++;
        _ctfA[hole] = ctfA;
    }

    private void MarkPredicted()
    {
        foreach (Hole hole in Grid.Holes)
        {
            if (hole.HasPrediction && !_surveyed[hole.Patch])
                SetSurveyed(hole.Patch);
        }
    }
}
