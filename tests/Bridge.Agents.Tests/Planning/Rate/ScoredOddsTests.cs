using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Rate;

[TestClass]
public sealed class ScoredOddsTests
{
    private static readonly Grid Grid = Make.Grid("g/s/p: 0.8 0.8 0.8 0.8", "g/s/q: 0.8 0.8", "g/t/r: 0.8 0.8", "h/u/v: 0.8 0.8").Grid;

    [TestMethod]
    public void Write_NoScore_IsTheProbability()
    {
        ScoredOdds odds = Odds();

        odds.Refresh();

        Assert.AreEqual(0.8, Worth(odds, 0), 1e-9);
    }

    [TestMethod]
    public void Write_AfterScores_OrdersPatchesByWhatTheyGave()
    {
        ScoredOdds odds = Odds();
        foreach (int hole in new[] { 0, 1, 2 })
            odds.Score(hole, 400);
        odds.Score(6, 20);
        odds.Score(7, 20);

        odds.Refresh();

        // Its own patch, its square, another image, a square that disappointed.
        Assert.IsTrue(Worth(odds, 3) > Worth(odds, 4) && Worth(odds, 4) > Worth(odds, 8) && Worth(odds, 8) > Worth(odds, 7), $"{Worth(odds, 3)} {Worth(odds, 4)} {Worth(odds, 8)} {Worth(odds, 7)}");
        Assert.IsTrue(Worth(odds, 3) <= 0.8);
        Assert.AreEqual(0.8, odds.Probability(3), 1e-9);
    }

    [TestMethod]
    public void Most_AnyScores_BoundsWhatAPatchIsWorth()
    {
        ScoredOdds odds = Odds();
        var random = new Random(3);
        odds.Refresh();
        for (int i = 0; i < 40; i++)
        {
            double[] before = [.. Enumerable.Range(0, Grid.Patches.Count).Select(patch => Worth(odds, Grid.Patches[patch].Holes[0]))];
            for (int patch = 0; patch < Grid.Patches.Count; patch++)
                odds.Remember(patch);
            long[] stamps = [.. Enumerable.Range(0, Grid.Patches.Count).Select(odds.Stamp)];
            odds.Score(random.Next(Grid.Holes.Count), random.Next(1000));
            odds.Refresh();

            for (int patch = 0; patch < Grid.Patches.Count; patch++)
            {
                double now = Worth(odds, Grid.Patches[patch].Holes[0]);
                Assert.IsTrue(now <= odds.Most(patch, [], before[patch]) + 1e-9);
                Assert.IsTrue(now == before[patch] || odds.Stamp(patch) != stamps[patch]);
            }
        }
    }

    private static ScoredOdds Odds() => new(Grid, new OffsetOdds(Grid, RatePlanner.Logits(Grid, CtfCalibration.Default), beliefs: null));

    private static double Worth(ScoredOdds odds, int hole)
    {
        double[] worth = new double[1];
        odds.Write([hole], worth, []);
        return worth[0];
    }
}
