using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Evaluation;

[TestClass]
public sealed class PredictionsTests
{
    private static readonly MeasuredGrid Truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(300, seed: 2));

    [TestMethod]
    public void Apply_AsGiven_ChangesNothing() => Assert.AreSame(Truth, Predictions.Apply(Truth, "as-given", 0));

    [TestMethod]
    public void Apply_Shuffled_KeepsTheValuesOfEverySquareAndTheTruth()
    {
        MeasuredGrid shuffled = Predictions.Apply(Truth, "shuffled", 5);

        Assert.AreSame(Truth.CtfA, shuffled.CtfA);
        Assert.IsTrue(Values(Truth.Grid).Zip(Values(shuffled.Grid)).All(pair => pair.First.Order().SequenceEqual(pair.Second.Order())));
        Assert.IsGreaterThan(200, Truth.Grid.Holes.Count(hole => hole.PredictedCtfA != shuffled.Grid.Holes[hole.Index].PredictedCtfA));
        Assert.IsTrue(Truth.Grid.Holes.All(hole => hole.Id == shuffled.Grid.Holes[hole.Index].Id));

        static IEnumerable<double[]> Values(Grid grid) => grid.Squares.Select(square => square.Patches.SelectMany(patch => grid.Patches[patch].Holes).Select(hole => grid.Holes[hole].PredictedCtfA).ToArray());
    }

    [TestMethod]
    public void Apply_Inverted_CallsGoodWhatWasCalledBad()
    {
        MeasuredGrid inverted = Predictions.Apply(Truth, "inverted", 0);

        foreach (Hole hole in Truth.Grid.Holes.Where(hole => Math.Abs(hole.PredictedCtfA - 6) > 1e-6))
            Assert.AreNotEqual(hole.PredictedCtfA <= 6, inverted.Grid.Holes[hole.Index].PredictedCtfA <= 6);
    }

    [TestMethod]
    public void Apply_Inverted_TurnsGivenProbabilitiesRound()
    {
        MeasuredGrid inverted = Predictions.Apply(Make.Grid("g/s/p: 0.9 0.2"), "inverted", 0);

        Assert.AreEqual(0.8, inverted.Grid.Holes[1].GivenProbability, 1e-12);
        Assert.IsTrue(double.IsNaN(inverted.Grid.Holes[1].PredictedCtfA));
    }

    [TestMethod]
    public void Apply_UnknownKind_IsRefusedByName()
    {
        ContractException refused = Assert.ThrowsExactly<ContractException>(() => Predictions.Apply(Truth, "upside-down", 0));

        StringAssert.Contains(refused.Message, "upside-down");
    }
}
