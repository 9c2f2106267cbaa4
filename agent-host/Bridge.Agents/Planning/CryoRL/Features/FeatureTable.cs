using Bridge.Agents.Planning.Ranking;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>
/// CryoRL's input features (Table 1), kept up to date as a collection goes on, with what its public code's regression variant adds: a hole's own prediction,
/// and how the predictions of a level spread. In place of the classifier's yes or no stands the calibrated probability of a good hole, so
/// the "low-CTF" counts are those to be expected; visited holes count as they were measured (the public code never looks at a measured value; the paper does not say).
/// With <see cref="HoleEvidence.Calls"/> P(good) is 0 or 1, as in Table 1, and measured values are not looked at. A step has <see cref="StepWidth"/> numbers:
/// <code>
///  0      P(good) of the hole; of the past, 1 or 0 as it was measured
///  1      is it visited?                               0 or 1
///  2- 5   its patch: unvisited holes, good ones to be expected among them, visited holes, good ones among them; / 25, at most 1
///  6      its patch: share by which more of the measured holes are good than was expected
///  7-11   its patch: shares of the unvisited holes by P(good): predicted above 10 Å, up to 10, 8, 6, 4 Å
/// 12-21   its square, likewise                         / 150
/// 22-31   its grid-level image, likewise               / 500
/// 32-34   does the move change the patch, the square, the grid-level image?   0 or 1
/// </code>
/// The input of a candidate is the steps of the last <see cref="PastSteps"/> holes that the stage went to, oldest first, zeros where there were
/// none, then its own step: <see cref="Width"/> numbers. The caps are those of CryoRL's public code. A past step shows the counts of now,
/// so that the features follow from the state alone and a resumed session sees the same ones; the paper does not say.
/// </summary>
/// <remarks>A patch's step is that of its most probable unvisited hole; see <see cref="Candidates"/>. <see cref="Sync"/> rewrites only the patches of the grid-level images in which something changed.</remarks>
public sealed class FeatureTable
{
    /// <summary>Numbers of one step.</summary>
    public const int StepWidth = 35;

    /// <summary>Holes of the past in the input; with the candidate they are the paper's k = 4.</summary>
    public const int PastSteps = 3;

    /// <summary>Numbers of the past steps, which all candidates share.</summary>
    public const int PastWidth = PastSteps * StepWidth;

    /// <summary>Numbers of the whole input.</summary>
    public const int Width = PastWidth + StepWidth;

    private const int LevelWidth = 5 + LevelCounts.Bins, PatchAt = 2, SquareAt = PatchAt + LevelWidth, GridImageAt = SquareAt + LevelWidth, MoveAt = GridImageAt + LevelWidth;
    private const float PatchCap = 25, SquareCap = 150, GridImageCap = 500;

    private readonly Grid _grid;
    private readonly float[] _evidence;       // by hole: P(good)
    private readonly LevelCounts _counts;
    private readonly PatchOrder _order;
    private readonly int[][] _patchesOfImage;
    private readonly int[] _patchOfHole;      // copies of what the grid knows: it is asked far too often
    private readonly int[] _squareOfPatch;
    private readonly int[] _imageOfPatch;
    private readonly float[] _steps;          // (patch, StepWidth): the step of its most probable unvisited hole
    private readonly float[] _past = new float[PastWidth];
    private readonly bool[] _visited;         // by hole, as of the last Sync
    private readonly bool[] _changed;         // by grid-level image
    private readonly bool _looksAtResults;
    private readonly Result[] _results;       // by hole, as of the last Sync
    private readonly List<int> _seen;         // visited holes
    private int _current = -1;

    public FeatureTable(Grid grid, HoleEvidence evidence)
    {
        _grid = grid;
        float[] probability = [.. grid.Holes.Select(hole => (float)CtfCalibration.Default.Probability(hole))];
        _order = new PatchOrder(grid, probability);
        _evidence = evidence == HoleEvidence.Probabilities ? probability : [.. grid.Holes.Select(hole => HoleCalls.IsCalledGood(hole) ? 1f : 0f)];
        _counts = new LevelCounts(grid, _evidence);
        _patchesOfImage = [.. grid.GridImages.Select(image => image.Squares.SelectMany(square => grid.Squares[square].Patches).ToArray())];
        _patchOfHole = [.. grid.Holes.Select(hole => hole.Patch)];
        _squareOfPatch = [.. grid.Patches.Select(patch => patch.Square)];
        _imageOfPatch = [.. _squareOfPatch.Select(square => grid.Squares[square].GridImage)];
        _steps = new float[grid.Patches.Count * StepWidth];
        _visited = new bool[grid.Holes.Count];
        _looksAtResults = evidence == HoleEvidence.Probabilities;
        (_results, _seen) = (new Result[grid.Holes.Count], new List<int>(grid.Holes.Count));
        _changed = new bool[grid.GridImages.Count];
        Array.Fill(_changed, true);
        Rewrite();
    }

    /// <summary>Name of the layout, kept with weights: those of another one do not fit.</summary>
    public static string Version(HoleEvidence evidence) => evidence == HoleEvidence.Probabilities ? "cryorl-probabilities-v2" : "cryorl-calls-v1";

    /// <summary>The steps of the past, as of the last <see cref="Sync"/>.</summary>
    public ReadOnlySpan<float> Past => _past;

    internal LevelCounts Counts => _counts;

    /// <summary>The most probable unvisited hole of a patch; -1 if all are visited.</summary>
    internal int BestOf(int patch) => _order.Best(patch, _visited);

    /// <summary>The step of a patch's most probable unvisited hole.</summary>
    internal ReadOnlySpan<float> StepOf(int patch) => _steps.AsSpan(patch * StepWidth, StepWidth);

    /// <summary>The outermost level that a move to a patch changes; read off its step.</summary>
    internal MoveLevel MoveTo(int patch)
    {
        ReadOnlySpan<float> step = StepOf(patch);
        return step[MoveAt] == 0 ? MoveLevel.SamePatch : step[MoveAt + 1] == 0 ? MoveLevel.SameSquare : step[MoveAt + 2] == 0 ? MoveLevel.SameGridImage : MoveLevel.OtherGridImage;
    }

    /// <summary>Takes over what was visited or put back and where the stage is. Any state of the same grid will do, also one of another
    /// episode. Cost: one fast comparison of all holes, and the patches of the grid-level images in which something changed.</summary>
    /// <exception cref="ArgumentException">The state is of another grid.</exception>
    public void Sync(CollectionState state)
    {
        if (state.Grid != _grid)
            throw new ArgumentException("the state belongs to another grid than the features", nameof(state));
        ReadOnlySpan<bool> visited = state.Visited;
        for (int hole = visited.CommonPrefixLength(_visited); hole < visited.Length; hole += 1 + visited[(hole + 1)..].CommonPrefixLength(_visited.AsSpan(hole + 1)))
        {
            _visited[hole] = visited[hole];
            if (visited[hole])
            {
                _counts.Visit(hole);
                _seen.Add(hole);
            }
            else
            {
                _counts.PutBack(hole);
                _order.Reset(_patchOfHole[hole]);
            }
            MarkChanged(hole);
        }
        if (state.Current != _current)
        {
            MarkChanged(_current);
            MarkChanged(state.Current);
            _current = state.Current;
        }
        if (_looksAtResults)
            TakeResults(state);
        Rewrite();
        WritePast(state.Path);
    }

    /// <summary>Compares what is known of the visited holes; a result may come late, be corrected, or go when a hole is put back.</summary>
    private void TakeResults(CollectionState state)
    {
        int kept = 0;
        for (int i = 0; i < _seen.Count; i++)
        {
            int hole = _seen[i];
            double ctfA = _visited[hole] ? state.MeasuredCtfA(hole) : double.NaN;
            Result now = double.IsNaN(ctfA) ? Result.None : CollectionState.IsGood(ctfA) ? Result.Good : Result.Bad, before = _results[hole];
            if (now != before)
            {
                if (before != Result.None)
                    _counts.Measure(hole, before == Result.Good, -1);
                if (now != Result.None)
                    _counts.Measure(hole, now == Result.Good, 1);
                _results[hole] = now;
                MarkChanged(hole);
            }
            if (_visited[hole])
                _seen[kept++] = hole;
        }
        _seen.RemoveRange(kept, _seen.Count - kept);
    }

    private void MarkChanged(int hole)
    {
        if (hole >= 0)
            _changed[_imageOfPatch[_patchOfHole[hole]]] = true;
    }

    private void Rewrite()
    {
        for (int image = 0; image < _changed.Length; image++)
        {
            if (!_changed[image])
                continue;
            _changed[image] = false;
            foreach (int patch in _patchesOfImage[image])
            {
                Span<float> step = _steps.AsSpan(patch * StepWidth, StepWidth);
                Write(step, patch, _current);
                step[0] = BestOf(patch) is int best and >= 0 ? _evidence[best] : 0;
                step[1] = 0;
            }
        }
    }

    private void WritePast(IReadOnlyList<int> path)
    {
        for (int i = 0; i < PastSteps; i++)
        {
            Span<float> step = _past.AsSpan(i * StepWidth, StepWidth);
            int at = path.Count - PastSteps + i;
            if (at < 0)
            {
                step.Clear();
                continue;
            }
            int hole = path[at];
            Write(step, _patchOfHole[hole], at == 0 ? -1 : path[at - 1]);
            step[0] = _results[hole] switch { Result.Good => 1, Result.Bad => 0, _ => _evidence[hole] };
            step[1] = _visited[hole] ? 1 : 0;
        }
    }

    /// <summary>The step of a move to a patch from a hole, or from nowhere (-1), but for its first two numbers.</summary>
    private void Write(Span<float> step, int patch, int from)
    {
        int square = _squareOfPatch[patch], image = _imageOfPatch[patch], fromPatch = from < 0 ? -1 : _patchOfHole[from];
        Write(step[PatchAt..], _counts.OfPatch(patch), PatchCap);
        Write(step[SquareAt..], _counts.OfSquare(square), SquareCap);
        Write(step[GridImageAt..], _counts.OfGridImage(image), GridImageCap);
        step[MoveAt] = fromPatch == patch ? 0 : 1;
        step[MoveAt + 1] = fromPatch >= 0 && _squareOfPatch[fromPatch] == square ? 0 : 1;
        step[MoveAt + 2] = fromPatch >= 0 && _imageOfPatch[fromPatch] == image ? 0 : 1;
    }

    private static void Write(Span<float> to, in LevelCounts.Count count, float cap)
    {
        to[0] = Math.Min(count.Unvisited / cap, 1);
        to[1] = Math.Min(count.UnvisitedGood / cap, 1);
        to[2] = Math.Min(count.Visited / cap, 1);
        to[3] = Math.Min(count.VisitedGood / cap, 1);
        to[4] = count.Surprise;
        float share = 1f / Math.Max(count.Unvisited, 1);
        for (int bin = 0; bin < LevelCounts.Bins; bin++)
            to[5 + bin] = count.InBin(bin) * share;
    }

    private enum Result : byte
    {
        None,
        Bad,
        Good,
    }
}
