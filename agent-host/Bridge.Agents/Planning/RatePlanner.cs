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

    public PlanResult Next(CollectionState state)
    {
        _table.Sync(state);
        double minutesLeft = Math.Min(state.MinutesLeft, PlannerSetup.OpenEndedMinutes);
        Stop stop = _long.Next(state, minutesLeft);
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
    }

    internal static double[] Logits(Grid grid, CtfCalibration calibration)
    {
        double[] logits = new double[grid.Holes.Count];
        for (int hole = 0; hole < logits.Length; hole++)
            logits[hole] = CtfCalibration.Logit(calibration.Probability(grid.Holes[hole]));
        return logits;
    }

    private PlanResult.Planned Go(CollectionState state, Stop stop)
    {
        int hole = _table.Holes(stop.Patch)[0];
        double probability = _odds.Probability(hole);
        string here = state.Current >= 0 && _grid.Holes[state.Current].Patch == stop.Patch ? "best hole left in this patch" : $"on to patch {_grid.Patches[stop.Patch].Id}";
        string why = string.Create(CultureInfo.InvariantCulture, $"{here}: {_table.Sum(stop.Patch, stop.Holes):0.0} good of {stop.Holes} expected there, and a minute is worth {_long.PricePerMinute:0.00} good holes");
        return new PlanResult.Planned(hole, probability, state.MinutesToPatch(stop.Patch), why);
    }

    private static string WhyStop(CollectionState state) => state.Unvisited == 0
        ? "every hole has been visited"
        : string.Create(CultureInfo.InvariantCulture, $"no promising hole can be reached in the {state.MinutesLeft:0.#} min left");
}
