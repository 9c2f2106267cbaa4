using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class SampleEvaluationTests
{
    [TestMethod]
    public void Twenty_Samples_AreAllDifferentAndOfEveryCharacter()
    {
        IReadOnlyList<SimulatedGridSettings> samples = SampleCharacter.Twenty(seed: 5);

        Assert.HasCount(20, samples);
        Assert.HasCount(20, samples.Select(sample => sample.Seed).Distinct());
        Assert.HasCount(SampleCharacter.All.Count, samples.Select(sample => sample.Character).Distinct());
    }

    [TestMethod]
    public void Create_EveryCharacter_HasItsShareOfGoodHoles()
    {
        foreach (SampleCharacter character in SampleCharacter.All)
        {
            MeasuredGrid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = 4, Character = character });

            Assert.AreEqual(character.GoodShare, grid.CtfA.Count(CollectionState.IsGood) / 2300.0, 0.001, character.Name);
            Assert.AreEqual(character.CalledGoodShare, grid.Grid.Holes.Count(hole => hole.PredictedCtfA <= 6) / 2300.0, 0.001, character.Name);
        }
    }

    [TestMethod]
    public void Run_TwoSamples_BayesDoesBetterThanGreedyEverywhere()
    {
        SimulatedGridSettings[] samples = [.. SampleCharacter.Twenty(0).Where(sample => sample.Character.Name is "wet" or "contaminated").Where((_, i) => i % 3 == 0)];
        var evaluation = new SampleEvaluation(new PlannerEvaluation(SimulatedGrid.Create(samples[0]), ""), samples);

        IReadOnlyList<PlannerScore> rows = evaluation.Run(["bayes", "greedy"], [240], starts: 1);
        var summary = SampleEvaluation.Summary(rows);

        Assert.HasCount(6, rows);
        CollectionAssert.AreEqual(new[] { "oracle", "bayes", "greedy" }, summary.Select(row => row.Planner).ToArray());
        Assert.AreEqual(summary[1].Worst.OracleFraction, rows.Where(row => row.Planner == "bayes").Min(row => row.OracleFraction));
    }
}
