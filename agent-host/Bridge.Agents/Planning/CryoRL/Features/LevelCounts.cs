using System.Runtime.CompilerServices;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>Of every patch, square and grid-level image: holes and good holes to be expected, unvisited and visited (CryoRL, Table 1), and how the unvisited
/// ones spread over bins of probability. O(1) a visit.</summary>
internal sealed class LevelCounts
{
    /// <summary>Bins of probability, from the least to the most probable.</summary>
    public const int Bins = 5;

    /// <summary>Where the bins after the first begin: P(good) at predictions of 10, 8, 6 and 4 Å, the borders in CryoRL's public code.</summary>
    private static readonly float[] s_borders = [.. new[] { 10, 8, CollectionState.GoodUpToA, 4 }.Select(ctfA => (float)CtfCalibration.Default.Probability(ctfA))];

    /// <summary>Probabilities are summed as whole parts of this many, so that a sum does not depend on the order of the visits.</summary>
    private const float Whole = 1 << 20;

    private readonly Grid _grid;
    private readonly int[] _parts;      // by hole: its probability
    private readonly byte[] _bins;      // by hole
    private readonly Count[] _patches;
    private readonly Count[] _squares;
    private readonly Count[] _gridImages;

    /// <summary>Nothing is visited yet.</summary>
    /// <param name="probabilities">By hole, 0 to 1.</param>
    public LevelCounts(Grid grid, ReadOnlySpan<float> probabilities)
    {
        _grid = grid;
        (_parts, _bins) = (new int[probabilities.Length], new byte[probabilities.Length]);
        (_patches, _squares, _gridImages) = (new Count[grid.Patches.Count], new Count[grid.Squares.Count], new Count[grid.GridImages.Count]);
        for (int hole = 0; hole < _parts.Length; hole++)
        {
            _parts[hole] = (int)MathF.Round(probabilities[hole] * Whole);
            while (_bins[hole] < s_borders.Length && probabilities[hole] >= s_borders[_bins[hole]])
                _bins[hole]++;
            Add(hole, unvisited: 1, visited: 0);
        }
    }

    public ref readonly Count OfPatch(int patch) => ref _patches[patch];

    public ref readonly Count OfSquare(int square) => ref _squares[square];

    public ref readonly Count OfGridImage(int gridImage) => ref _gridImages[gridImage];

    public void Visit(int hole) => Add(hole, unvisited: -1, visited: 1);

    public void PutBack(int hole) => Add(hole, unvisited: 1, visited: -1);

    /// <summary>A visited hole was measured (1), or its measured value is not known any more (-1).</summary>
    public void Measure(int hole, bool good, int times)
    {
        int patch = _grid.Holes[hole].Patch, square = _grid.SquareOfPatch(patch), parts = _parts[hole];
        _patches[patch].Measure(times, good, parts);
        _squares[square].Measure(times, good, parts);
        _gridImages[_grid.Squares[square].GridImage].Measure(times, good, parts);
    }

    private void Add(int hole, int unvisited, int visited)
    {
        int patch = _grid.Holes[hole].Patch, square = _grid.SquareOfPatch(patch);
        (int parts, int bin) = (_parts[hole], _bins[hole]);
        _patches[patch].Add(unvisited, visited, parts, bin);
        _squares[square].Add(unvisited, visited, parts, bin);
        _gridImages[_grid.Squares[square].GridImage].Add(unvisited, visited, parts, bin);
    }

    /// <summary>The numbers of one patch, square or grid-level image.</summary>
    public struct Count
    {
        private const float FewMeasured = 4;

        private long _unvisitedParts, _visitedParts, _measuredParts;
        private int _measured, _measuredGood;
        private BinCounts _bins;

        public int Unvisited { get; private set; }

        public int Visited { get; private set; }

        /// <summary>Good holes to be expected among the unvisited ones.</summary>
        public readonly float UnvisitedGood => _unvisitedParts / Whole;

        /// <summary>Good holes among the visited ones: as measured, and to be expected among those that are not measured.</summary>
        public readonly float VisitedGood => _measuredGood + (_visitedParts - _measuredParts) / Whole;

        /// <summary>By how much more of the measured holes are good than was expected, as a share of them, less for few of them: -1 to 1.</summary>
        public readonly float Surprise => (_measuredGood - _measuredParts / Whole) / (_measured + FewMeasured);

        /// <summary>Unvisited holes in a bin.</summary>
        public readonly int InBin(int bin) => _bins[bin];

        public void Add(int unvisited, int visited, int parts, int bin)
        {
            (Unvisited, Visited) = (Unvisited + unvisited, Visited + visited);
            (_unvisitedParts, _visitedParts) = (_unvisitedParts + unvisited * parts, _visitedParts + visited * parts);
            _bins[bin] += unvisited;
        }

        public void Measure(int times, bool good, int parts)
        {
            _measured += times;
            _measuredGood += good ? times : 0;
            _measuredParts += times * parts;
        }
    }

    [InlineArray(Bins)]
    private struct BinCounts
    {
        private int _first;
    }
}
