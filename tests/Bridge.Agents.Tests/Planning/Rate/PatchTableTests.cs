using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Evaluation;
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

            RunVisit[] lazy = [.. run.Play(Make(eager: false), 5).Visits], eager = [.. run.Play(Make(eager: true), 5).Visits];

            CollectionAssert.AreEqual(eager, lazy);
            Assert.IsGreaterThan(20, lazy.Length);
        }

        RatePlanner Make(bool eager) => new(name, truth.Grid, Odds()) { Eager = eager };

        IPatchOdds Odds() => name == "rate"
            ? new OffsetOdds(truth.Grid, RatePlanner.Logits(truth.Grid, CtfCalibration.Default), new Beliefs(truth.Grid, BeliefSettings.Default))
            : new BayesBeliefs(truth.Grid, BayesSettings.Default, CtfCalibration.Default)
            {
                Choice = name switch { "ucb" => new Choice.Upper(0.5), "thompson" => new Choice.Thompson(3, 10), _ => new Choice.Expected() },
            };
    }
}
