using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class TrainingSetTests
{
    [TestMethod]
    public void Recorded_WithSimulated_LearnsOnBothAndKeepsOthersBack()
    {
        TrainingSet set = TrainingSet.Recorded(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(300, seed: 1)), seed: 0, simulated: 3);

        Assert.HasCount(TrainingSet.DefaultParts + 3, set.Learn);
        Assert.IsFalse(set.Learn.Intersect(set.Score).Any());
        Assert.HasCount(16, set.Score.Select(Sum).Distinct().Except(set.Learn.Select(Sum)).ToArray());
    }

    [TestMethod]
    public void Simulated_TwoSeeds_ShareNoGrid()
    {
        TrainingSet one = TrainingSet.Simulated(0, 3), two = TrainingSet.Simulated(1, 3);

        Assert.HasCount(3, one.Learn);
        Assert.IsFalse(one.Learn.Concat(one.Score).Select(Sum).Intersect(two.Learn.Concat(two.Score).Select(Sum)).Any());
    }

    private static double Sum(MeasuredGrid grid) => grid.Grid.Holes.Sum(hole => hole.PredictedCtfA);
}
