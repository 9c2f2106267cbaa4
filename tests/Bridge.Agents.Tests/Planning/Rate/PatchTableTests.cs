using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Hierarchy;
using Bridge.Agents.Planning.Rate;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Rate;

[TestClass]
public sealed class PatchTableTests
{
    /// <summary>Patches that cannot matter are not worked out again. That must never change an answer.</summary>
    [TestMethod]
    [DataRow("rate", "as-given")]
    [DataRow("bayes", "as-given")]
    [DataRow("bayes", "inverted")]
    [DataRow("ucb", "shuffled")]
    [DataRow("thompson", "as-given")]
    public void Next_PatchesThatCannotMatterLeftAsTheyWere_GivesTheSameRun(string name, string predictions)
    {
        MeasuredGrid truth = Predictions.Apply(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(3_000, seed: 4)), predictions, 0);
        foreach (MoveMinutes minutes in new[] { MoveMinutes.Text, new MoveMinutes(0.5, 4, 4, 30) })
        {
            var run = new CollectionRun(truth, minutes, 150, LastMove.Strict);

            RunVisit[] lazy = [.. run.Play(Make(name, truth.Grid, eager: false), 5).Visits], eager = [.. run.Play(Make(name, truth.Grid, eager: true), 5).Visits];

            CollectionAssert.AreEqual(eager, lazy);
            Assert.IsGreaterThan(20, lazy.Length);
        }
    }

    /// <summary>The same where everything changes on the way: minutes are learned, holes are skipped and put back, results come late, scores come, time jumps.</summary>
    [TestMethod]
    [DataRow("rate")]
    [DataRow("bayes")]
    [DataRow("ucb")]
    [DataRow("thompson")]
    [DataRow("scored")]
    [DataRow("unsurveyed")]
    public void Next_EverythingChangesOnTheWay_GivesTheSameAnswers(string name)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            string[] predictions = ["as-given", "shuffled", "inverted"];
            MeasuredGrid truth = Predictions.Apply(SimulatedGrid.Create(SimulatedGridSettings.ForTraining(3, seed)), predictions[seed % 3], seed);
            (RatePlanner lazy, RatePlanner eager) = (Make(name, truth.Grid, eager: false), Make(name, truth.Grid, eager: true));
            var state = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = 480 };
            var random = new Random(seed);
            var late = new List<int>();
            for (int step = 0; step < 120; step++)
            {
                PlanResult expected = eager.Next(state), answer = lazy.Next(state);

                Assert.AreEqual(Text(expected), Text(answer), $"grid {seed}, step {step}");
                int hole = expected is PlanResult.Planned planned && random.Next(8) > 0 ? planned.Hole : random.Next(truth.Grid.Holes.Count);
                state.Visit(hole);
                late.Add(hole);
                if (random.Next(3) > 0)
                {
                    foreach (int measured in late)
                    {
                        state.Record(measured, truth.CtfA[measured], random.Next(500));
                        lazy.Observe(state, measured);
                        eager.Observe(state, measured);
                    }
                    late.Clear();
                }
                if (random.Next(10) == 0)
                    state.PutBack(random.Next(truth.Grid.Holes.Count));
                if (random.Next(10) == 0)
                    state.Minutes = new MoveMinutes(1 + random.NextDouble(), 2 + random.NextDouble(), 4 + random.NextDouble(), 6 + 5 * random.NextDouble());
                state.MinutesLeft = random.Next(30) == 0 ? 500 : Math.Max(0, state.MinutesLeft - 4);
            }
        }

        static string Text(PlanResult result) => result is PlanResult.Planned planned
            ? $"{planned.Hole} {planned.Probability:R} {planned.ExpectedMinutes:R} {planned.Reasons?.ToJson()} {planned.Why}"
            : ((PlanResult.Stop)result).Why;
    }

    [TestMethod]
    public void Next_TenTimesTheHoles_WorksOutHardlyMorePatches()
    {
        long small = WorkedOut(2_000), large = WorkedOut(20_000);

        Assert.IsLessThan(3 * small, large, $"{small} patches at 2 000 holes, {large} at 20 000");
    }

    private static long WorkedOut(int holes)
    {
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 0));
        var state = new CollectionState(truth.Grid, MoveMinutes.Text) { MinutesLeft = 480 };
        RatePlanner planner = Make("bayes", truth.Grid, eager: false);
        planner.Next(state);
        long before = planner.WorkedOut;
        for (int i = 0; i < 100; i++)
        {
            int hole = ((PlanResult.Planned)planner.Next(state)).Hole;
            state.Visit(hole);
            state.Record(hole, truth.CtfA[hole]);
            planner.Observe(state, hole);
        }
        return planner.WorkedOut - before;
    }

    private static RatePlanner Make(string name, Grid grid, bool eager)
    {
        BayesBeliefs beliefs = new(grid, BayesSettings.Default, CtfCalibration.Default)
        {
            Choice = name switch { "ucb" => new Choice.Upper(0.5), "thompson" => new Choice.Thompson(3, 10), _ => new Choice.Expected() },
        };
        IPatchOdds odds = name switch
        {
            "rate" => new OffsetOdds(grid, RatePlanner.Logits(grid, CtfCalibration.Default), new Beliefs(grid, BeliefSettings.Default)),
            "scored" => new ScoredOdds(grid, beliefs),
            "unsurveyed" => Unsurveyed(grid),
            _ => beliefs,
        };
        return new RatePlanner(name, grid, odds) { Eager = eager };
    }

    /// <summary>Only every third patch was seen.</summary>
    private static UnsurveyedOdds Unsurveyed(Grid grid)
    {
        Grid known = GridBuilder.FromTargets(grid.ToTargets().Select((target, hole) => grid.Holes[hole].Patch % 3 == 0 ? target : target with { PredictedCtfA = null, Probability = null }));
        return new UnsurveyedOdds(known, patch => patch % 3 == 0);
    }
}
