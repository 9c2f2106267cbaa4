using System.Globalization;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning;

/// <summary>
/// Collects the most expected good holes within the time left: calibrated probabilities, the best holes of each patch, the minutes of
/// getting there; beliefs follow the results. See README.md for the method.
/// </summary>
public sealed class RatePlanner : IPlanner
{
    private readonly Grid _grid;
    private readonly IPatchOdds _odds;
    private readonly PatchTable _table;
    private readonly LongPlan _long;
    private readonly ShortPlan _short;

    public RatePlanner(Grid grid)
        : this("rate", grid, Logits(grid, CtfCalibration.Default), new Beliefs(grid, BeliefSettings.Default))
    {
    }

    internal RatePlanner(string name, Grid grid, double[] logits, Beliefs? beliefs) : this(name, grid, new OffsetOdds(grid, logits, beliefs))
    {
    }

    internal RatePlanner(string name, Grid grid, IPatchOdds odds)
    {
        (Name, _grid, _odds) = (name, grid, odds);
        _table = new PatchTable(grid, odds);
        _long = new LongPlan(grid, _table);
        _short = new ShortPlan(grid, _table);
    }

    public string Name { get; }

    /// <summary>It stops when nothing left promises as many good holes per minute, the moves there included; 0 never stops for that.</summary>
    internal double LeastGoodPerMinute { get; init; }

    /// <summary>Results before it stops for that while none was good: a bad start is not a bad sample.</summary>
    internal int LeastResults { get; init; }

    /// <summary>The same once one was good: where there was one, there may be more.</summary>
    internal int LeastResultsOnceGood { get; init; }

    /// <summary>Works out every patch about which beliefs have moved: the same answers, for tests.</summary>
    internal bool Eager { get; init; }

    /// <inheritdoc cref="PatchTable.WorkedOut"/>
    internal long WorkedOut => _table.WorkedOut;

    public PlanResult Next(CollectionState state)
    {
        _table.Sync(state);
        double minutesLeft = Math.Min(state.MinutesLeft, PlannerSetup.OpenEndedMinutes);
        Stop stop;
        do
            stop = _long.Next(state, minutesLeft);
        while (_table.RefreshAbove(Eager ? -1 : _long.PricePerMinute));
        if (state.Measured >= (state.Good > 0 ? LeastResultsOnceGood : LeastResults) && _long.PricePerMinute < LeastGoodPerMinute && stop.Patch >= 0 && _long.NextAt(LeastGoodPerMinute).Patch < 0)
            return new PlanResult.Stop(WhyNotWorthIt(state, stop));
        // The short plan rounds minutes up, so at the very end it may find nothing where one move still fits.
        if (ShortPlan.Covers(state.Minutes, minutesLeft) && _short.Next(state, minutesLeft, _long.PricePerMinute) is { Patch: >= 0 } exact)
            stop = exact;
        return stop.Patch >= 0 && stop.Holes > 0 ? Go(state, stop) : new PlanResult.Stop(WhyStop(state));
    }

    public void Observe(CollectionState state, int hole)
    {
        double ctfA = state.MeasuredCtfA(hole);
        if (!double.IsNaN(ctfA))
            _odds.Observe(hole, ctfA);
        if (CollectionState.IsGood(ctfA) && state.Score(hole) is var score && !double.IsNaN(score))
            _odds.Score(hole, score);
    }

    public HoleBelief? Explain(int hole) => _odds.Explain(hole);

    internal static double[] Logits(Grid grid, CtfCalibration calibration)
    {
        double[] logits = new double[grid.Holes.Count];
        for (int hole = 0; hole < logits.Length; hole++)
            logits[hole] = Logit(grid.Holes[hole], calibration);
        return logits;
    }

    internal static double Logit(Hole hole, CtfCalibration calibration) => CtfCalibration.Logit(calibration.Probability(hole));

    private PlanResult.Planned Go(CollectionState state, Stop stop)
    {
        int hole = _table.Holes(stop.Patch)[0];
        double probability = _odds.Probability(hole);
        double minutes = state.MinutesToPatch(stop.Patch), expected = _table.Sum(stop.Patch, stop.Holes);
        if (_odds.Explain(hole) is { } belief)
        {
            (int next, double rate) = NextBest(state, stop.Patch);
            var reasons = new Reasons(belief, _grid.Patches[stop.Patch].Id, stop.Holes, minutes, expected / (minutes + (stop.Holes - 1) * state.Minutes.SamePatch),
                next < 0 ? "" : _grid.Patches[next].Id, rate, _long.PricePerMinute);
            return new PlanResult.Planned(hole, probability, minutes, reasons.Sentence) { Reasons = reasons };
        }
        string here = state.Current >= 0 && _grid.Holes[state.Current].Patch == stop.Patch ? "best hole left in this patch" : $"on to patch {_grid.Patches[stop.Patch].Id}";
        string why = string.Create(CultureInfo.InvariantCulture, $"{here}: {expected:0.0} good of {stop.Holes} expected there, and a minute is worth {_long.PricePerMinute:0.00} good holes");
        return new PlanResult.Planned(hole, probability, minutes, why);
    }

    /// <summary>The patch but this one with the most expected good holes a minute, the move there included; the first of several.</summary>
    private (int Patch, double Rate) NextBest(CollectionState state, int but)
    {
        (int best, double most) = (-1, 0);
        int here = state.Current < 0 ? -1 : _grid.SquareOfPatch(_grid.Holes[state.Current].Patch);
        // First those that are up to date: most others then need not be worked out.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int square = 0; square < _grid.Squares.Count; square++)
            {
                if (square != here && _table.MostRateOfSquare(square) < most)
                    continue;
                IReadOnlyList<int> patches = _grid.Squares[square].Patches;
                for (int i = 0; i < patches.Count; i++)
                {
                    if (patches[i] != but && _table.IsStale(patches[i]) == (pass == 1))
                        Try(patches[i]);
                }
            }
        }
        return (best, most);

        void Try(int patch)
        {
            double minutes = state.MinutesToPatch(patch);
            if (_table.Count(patch) == 0 || minutes > state.MinutesLeft || _table.MostRate(patch, minutes) < most)
                return;
            _table.RefreshOne(patch);
            for (int holes = 1; holes <= _table.Count(patch); holes++)
            {
                double rate = _table.Sum(patch, holes) / (minutes + (holes - 1) * state.Minutes.SamePatch);
                if (rate > most || (rate == most && patch < best))
                    (best, most) = (patch, rate);
                else if (holes > 1 && _table.Probabilities(patch)[holes - 1] <= most * state.Minutes.SamePatch)
                    break;
            }
        }
    }

    private string WhyNotWorthIt(CollectionState state, Stop best)
    {
        double minutes = state.MinutesToPatch(best.Patch) + (best.Holes - 1) * state.Minutes.SamePatch, expected = _table.Sum(best.Patch, best.Holes);
        return string.Create(CultureInfo.InvariantCulture,
            $"nothing left pays for itself: the best, patch {_grid.Patches[best.Patch].Id}, promises {expected:0.0} good holes in {minutes:0} min, and less than {60 * LeastGoodPerMinute:0.#} good holes an hour are not worth it");
    }

    private static string WhyStop(CollectionState state) => state.Unvisited == 0
        ? "every hole has been visited"
        : string.Create(CultureInfo.InvariantCulture, $"no promising hole can be reached in the {state.MinutesLeft:0.#} min left");
}
