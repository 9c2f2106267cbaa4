using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Training;

/// <summary>A session as <c>rate</c> sees it: its beliefs, its sums of each patch, its price of a minute.</summary>
internal sealed class DeviationView
{
    /// <summary>Numbers of a decision: four of the session, then those of the patch that <c>rate</c> takes and of the other one.</summary>
    public const int Width = 4 + 2 * PatchWidth;

    private const int PatchWidth = 13;

    private readonly Grid _grid;
    private readonly OffsetOdds _odds;
    private readonly PatchTable _table;
    private readonly LongPlan _plan;
    private readonly (int Seen, double Surprise)[] _patches;
    private readonly (int Seen, double Surprise)[] _squares;

    public DeviationView(Grid grid)
    {
        _grid = grid;
        _odds = new OffsetOdds(grid, RatePlanner.Logits(grid, CtfCalibration.Default), new Beliefs(grid, BeliefSettings.Default));
        (_table, _patches, _squares) = (new PatchTable(grid, _odds), new (int, double)[grid.Patches.Count], new (int, double)[grid.Squares.Count]);
        _plan = new LongPlan(grid, _table);
    }

    public void Observe(CollectionState state, int hole)
    {
        int patch = _grid.Holes[hole].Patch;
        double surprise = (CollectionState.IsGood(state.MeasuredCtfA(hole)) ? 1 : 0) - _odds.Probability(hole);
        ref (int Seen, double Surprise) ofPatch = ref _patches[patch], ofSquare = ref _squares[_grid.SquareOfPatch(patch)];
        ofPatch = (ofPatch.Seen + 1, ofPatch.Surprise + surprise);
        ofSquare = (ofSquare.Seen + 1, ofSquare.Surprise + surprise);
        _odds.Observe(hole, state.MeasuredCtfA(hole));
    }

    public void Sync(CollectionState state)
    {
        _table.Sync(state);
        do
            _plan.Next(state, state.MinutesLeft);
        while (_table.RefreshAbove(0));
    }

    public int BestHole(int patch) => _table.Holes(patch)[0];

    /// <summary>The patches but <c>rate</c>'s with the most good holes above their price a minute, best first; the one where the stage is before all.</summary>
    public int[] Others(CollectionState state, int ratePatch, int most)
    {
        int here = _grid.Holes[state.Current].Patch;
        return [.. Enumerable.Range(0, _grid.Patches.Count).Where(patch => patch != ratePatch && _table.Count(patch) > 0 && state.MinutesToPatch(patch) <= state.MinutesLeft)
            .OrderByDescending(patch => patch == here ? double.PositiveInfinity : Worth(state, patch).PerMinute).ThenBy(patch => patch).Take(most)];
    }

    public float[] Features(CollectionState state, int ratePatch, int other)
    {
        float[] features = new float[Width];
        (features[0], features[1]) = ((float)(state.MinutesLeft / 240), (float)(_plan.PricePerMinute * state.Minutes.SamePatch));
        (features[2], features[3]) = ((float)Math.Exp(-state.MinutesLeft / 20), state.Path.Count / 100f);
        Write(state, ratePatch, features.AsSpan(4));
        Write(state, other, features.AsSpan(4 + PatchWidth));
        return features;
    }

    private void Write(CollectionState state, int patch, Span<float> to)
    {
        int square = _grid.SquareOfPatch(patch);
        (double perMinute, int holes, double surplus) = Worth(state, patch);
        to[(int)_grid.LevelBetween(_grid.Holes[state.Current].Patch, patch)] = 1;
        (to[4], to[5], to[6]) = ((float)_table.Probabilities(patch)[0], (float)(_table.Sum(patch, holes) / holes), holes / 10f);
        (to[7], to[8]) = ((float)(surplus / 3), (float)(perMinute * 5));
        (to[9], to[10]) = (Math.Min(1, _patches[patch].Seen / 10f), Share(_patches[patch]));
        to[11] = Share(_squares[square]);
        to[12] = (float)_grid.Squares[square].Patches.Where(near => near != patch && _table.Count(near) > 0).Sum(near => Math.Max(0, Worth(state, near).Surplus)) / 10;
    }

    private static float Share((int Seen, double Surprise) of) => (float)(of.Surprise / (of.Seen + 3));

    /// <summary>A patch entered from where the stage is, as far as the price and the time left reach.</summary>
    private (double PerMinute, int Holes, double Surplus) Worth(CollectionState state, int patch)
    {
        double entry = state.MinutesToPatch(patch), step = state.Minutes.SamePatch;
        int fit = 1 + (int)Math.Max(0, (state.MinutesLeft - entry) / step), holes = Math.Min(Math.Min(fit, _table.Count(patch)), Math.Max(1, _table.CountAbove(patch, _plan.PricePerMinute * step)));
        double minutes = entry + (holes - 1) * step, surplus = _table.Sum(patch, holes) - _plan.PricePerMinute * minutes;
        return (surplus / minutes, holes, surplus);
    }
}
