using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>Holds a session to its goal: how many were taken, in which squares, at which defocus. Follows from the journal.</summary>
internal sealed class GoalKeeper(CollectionState state)
{
    /// <summary>Parts of the defocus range; each is to be filled as much as the others.</summary>
    private const int DefocusSteps = 10;

    private readonly HashSet<int> _taken = [];
    private readonly int[] _takenOfSquare = new int[state.Grid.Squares.Count];
    private readonly int[] _atDefocus = new int[DefocusSteps];
    private readonly Dictionary<int, int> _advisedStep = []; // by hole: the part of the range that it was meant for, until its defocus is known
    private int _shots;

    public Goal Goal { get; private set; } = new();

    /// <summary>Another goal; what was taken still counts, what was taken at which defocus counts if the range is the same.</summary>
    public void Set(Goal goal)
    {
        if ((goal.DefocusFromUm, goal.DefocusToUm) != (Goal.DefocusFromUm, Goal.DefocusToUm))
        {
            Array.Clear(_atDefocus);
            _advisedStep.Clear();
        }
        Goal = goal;
    }

    /// <summary>Why nothing more is to be taken, or null.</summary>
    public string? WhyStop => _shots >= Goal.MaxShots
        ? string.Create(CultureInfo.InvariantCulture, $"the goal's {Goal.MaxShots} micrographs are taken or handed out")
        : null;

    /// <summary>A hole is handed out, or the client went there by itself.</summary>
    /// <param name="defocusUm">That was advised for it, or null.</param>
    public void Take(int hole, double? defocusUm)
    {
        if (!_taken.Add(hole))
            return;
        _shots += state.Grid.Holes[hole].Shots;
        _takenOfSquare[SquareOf(hole)]++;
        if (defocusUm is { } advised)
            Count(_advisedStep[hole] = StepOf(advised), 1);
    }

    /// <summary>It was not taken after all.</summary>
    public void GiveBack(int hole)
    {
        if (!_taken.Remove(hole))
            return;
        _shots -= state.Grid.Holes[hole].Shots;
        _takenOfSquare[SquareOf(hole)]--;
        if (_advisedStep.Remove(hole, out int step))
            Count(step, -1);
    }

    /// <summary>The defocus that a hole really got.</summary>
    public void Measure(int hole, double defocusUm)
    {
        if (Goal.DefocusFromUm is null || !double.IsFinite(defocusUm))
            return;
        if (_advisedStep.Remove(hole, out int step))
            Count(step, -1);
        if (defocusUm >= Math.Min(Goal.DefocusFromUm.Value, Goal.DefocusToUm!.Value) && defocusUm <= Math.Max(Goal.DefocusFromUm.Value, Goal.DefocusToUm.Value))
            Count(StepOf(defocusUm), 1);
    }

    /// <summary>The next target defocus in µm: the middle of the part that has the fewest, the first of several; null without a range.</summary>
    public double? NextDefocusUm()
    {
        if (Goal is not { DefocusFromUm: { } from, DefocusToUm: { } to })
            return null;
        int least = 0;
        for (int step = 1; step < DefocusSteps; step++)
            least = _atDefocus[step] < _atDefocus[least] ? step : least;
        return Math.Round(from + ((least + 0.5) * (to - from) / DefocusSteps), 4);
    }

    /// <summary>The best hole of the square where the stage is, if the goal keeps it there; -1 if it may leave.</summary>
    /// <param name="planned">Where the plan goes.</param>
    /// <param name="probability">Of a hole.</param>
    public int StayFor(int planned, Func<int, double> probability)
    {
        if (Goal.LeastPerSquare is not { } least || state.Current < 0)
            return -1;
        int square = SquareOf(state.Current);
        if (SquareOf(planned) == square || _takenOfSquare[square] >= least || _takenOfSquare[square] == 0)
            return -1;
        (int best, double most) = (-1, double.NegativeInfinity);
        foreach (int patch in state.Grid.Squares[square].Patches)
        {
            if (state.MinutesToPatch(patch) > state.MinutesLeft)
                continue;
            foreach (int hole in state.Grid.Patches[patch].Holes)
            {
                if (!state.IsVisited(hole) && probability(hole) is double p && p > most)
                    (best, most) = (hole, p);
            }
        }
        return best;
    }

    /// <summary>How the session stands to its goal; empty without one.</summary>
    public string Sentence
    {
        get
        {
            var parts = new List<string>();
            if (Goal.MaxShots is { } most)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_shots} of at most {most} micrographs"));
            if (Goal.LeastPerSquare is { } least)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{_takenOfSquare.Count(taken => taken >= least)} of {_takenOfSquare.Count(taken => taken > 0)} squares entered have {least} holes or more"));
            if (Goal is { DefocusFromUm: { } from, DefocusToUm: { } to })
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"defocus from {from:0.##} to {to:0.##} µm in {DefocusSteps} parts: {string.Join(' ', _atDefocus)}"));
            if (Goal.Count == GoalCount.Score && state.Scores is var scores)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"scores: {scores.Sum:0.##} in all of {scores.Count} micrographs"));
            if (Goal.Avoid.Count > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Goal.Avoid.Count} items avoided"));
            return string.Join("; ", parts);
        }
    }

    private int SquareOf(int hole) => state.Grid.SquareOfPatch(state.Grid.Holes[hole].Patch);

    private void Count(int step, int by) => _atDefocus[step] += by;

    private int StepOf(double defocusUm)
    {
        double from = Goal.DefocusFromUm!.Value, to = Goal.DefocusToUm!.Value;
        return from == to ? 0 : Math.Clamp((int)((defocusUm - from) / (to - from) * DefocusSteps), 0, DefocusSteps - 1);
    }
}
