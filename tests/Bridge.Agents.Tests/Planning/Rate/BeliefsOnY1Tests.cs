using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.Rate;

/// <summary>What beliefs are worth: the experiment by which <see cref="BeliefSettings.Default"/> was chosen, on the training half of Y1.</summary>
[TestClass]
public sealed class BeliefsOnY1Tests
{
    private const int Grids = 100;

    [TestMethod]
    [DataRow(1.0, 0.0, 0.0, 0.0, -0.4)]
    [DataRow(0.75, 0.0, 0.0, 0.0, 0.2)]
    [DataRow(1.3, 0.0, 0.0, 0.0, 1.0)]
    [DataRow(1.0, 0.3, 0.0, 0.0, 1.0)]
    [DataRow(1.0, 0.0, 0.3, 0.0, 1.5)]
    [DataRow(1.0, 0.0, 0.0, 0.4, 0.3)]
    public void Beliefs_PredictionsOff_FindMore(double scale, double patchError, double squareError, double holeError, double leastGain)
    {
        (double without, double with) = Compare(scale, patchError, squareError, holeError);

        Console.WriteLine($"without beliefs {without:0.0}, with {with:0.0}");
        Assert.IsGreaterThanOrEqualTo(without + leastGain, with);
    }

    /// <summary>Mean good holes in 240 minutes, without and with beliefs, on random choices of 60 % of the patches, with predictions that are
    /// scaled and have normal errors in their logarithm: common to a patch, to a square, or each hole's own.</summary>
    private static (double Without, double With) Compare(double scale, double patchError, double squareError, double holeError)
    {
        MeasuredGrid train = HoleTable.Read(SharedData.PathOf("y1", "train.csv")).Measured;
        (double without, double with) = (0, 0);
        for (int seed = 0; seed < Grids; seed++)
        {
            var random = new Random(177 + seed);
            MeasuredGrid grid = Y1Parts.Draw(train, scale, patchError, squareError, holeError, random);
            int first = random.Next(grid.Grid.Holes.Count);
            double[] logits = RatePlanner.Logits(grid.Grid, CtfCalibration.Default);
            var run = new CollectionRun(grid, MoveMinutes.Text, 240, LastMove.Strict);
            without += run.Play(new RatePlanner("rate", grid.Grid, logits, beliefs: null), first).Good;
            with += run.Play(new RatePlanner(grid.Grid), first).Good;
        }
        return (without / Grids, with / Grids);
    }
}
