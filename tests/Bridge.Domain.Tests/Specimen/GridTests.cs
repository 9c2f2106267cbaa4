using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Domain.Tests.Specimen;

[TestClass]
public sealed class GridTests
{
    [TestMethod]
    public void WithPredictions_SomeHoles_IsTheGridThatTheirTargetsGive()
    {
        Target[] targets =
        [
            new() { Item = 3, Id = "a", GridImage = "g", Square = "s", Patch = "p", Stage = new StageUm(1, 2, 3), PredictedCtfA = 4 },
            new() { Item = 8, Id = "b", GridImage = "g", Square = "s", Patch = "q", Stage = new StageUm(2, 2, 3), Probability = 0.5, ImageShiftGroup = 7, Shots = 9 },
            new() { Item = 9, Id = "c", GridImage = "h", Square = "t", Patch = "r", Stage = new StageUm(9, 2, 3) },
        ];
        Grid grid = GridBuilder.FromTargets(targets);

        Grid other = grid.WithPredictions([(1, 6.5, double.NaN), (2, double.NaN, 0.25)]);

        (targets[1], targets[2]) = (targets[1] with { PredictedCtfA = 6.5, Probability = null }, targets[2] with { Probability = 0.25 });
        CollectionAssert.AreEqual(targets.Select(target => target.ToJson().ToString()).ToArray(), other.ToTargets().Select(target => target.ToJson().ToString()).ToArray());
        Assert.AreEqual(0.5, grid.Holes[1].GivenProbability);
        Assert.AreEqual(other.Holes[2], other.FindItem(9));
        Assert.AreSame(grid.Patches, other.Patches);
    }
}
