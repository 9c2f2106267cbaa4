using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Planning.Bayes;

[TestClass]
public sealed class BayesBeliefsTests
{
    private const double GoodA = 4, BadA = 12;

    [TestMethod]
    public void Probability_NothingKnown_IsThePrior()
    {
        Grid grid = GridBuilder.FromTargets(Enumerable.Range(1, 9).Select(i => new Target { Item = i, Id = $"{i}", Stage = new StageUm(i, 0, 0) }));

        Assert.AreEqual(CtfCalibration.PriorProbability, Beliefs(grid).Probability(4), 1e-9);
    }

    [TestMethod]
    public void Probability_OneView_BeforeAnyResultIsTheCalibratedPrediction()
    {
        Grid grid = Make.Grid("g/s/p: 0.9 0.3 0.55").Grid;
        var beliefs = new BayesBeliefs(grid, BayesSettings.Default with { Views = [new ClassifierView("right", 1, 1, 0, 0, 1, 0.17)] }, CtfCalibration.Default);

        for (int hole = 0; hole < 3; hole++)
            Assert.AreEqual(grid.Holes[hole].GivenProbability, beliefs.Probability(hole), 1e-9);
    }

    [TestMethod]
    public void Observe_BadHoles_LowerTheirPatchMostAndItsNeighboursLess()
    {
        Grid grid = Make.Grid("g/s/p: 0.8 0.8 0.8 0.8 0.8 0.8", "g/s/q: 0.8", "g/t/p: 0.8", "h/s/p: 0.8").Grid;
        BayesBeliefs beliefs = Beliefs(grid);
        double before = beliefs.Probability(8);

        for (int hole = 0; hole < 5; hole++)
            beliefs.Observe(hole, BadA);

        double[] p = [.. new[] { 5, 6, 7, 8 }.Select(beliefs.Probability)];
        for (int i = 0; i < 3; i++)
            Assert.IsLessThan(p[i + 1], p[i]);
        Assert.IsLessThan(before, p[3]);
        Assert.IsLessThan(0.5, p[0]);
    }

    [TestMethod]
    public void Observe_BadHole_LowersTheNearerHoleMore()
    {
        Grid grid = Make.Grid("g/s/p: 0.8 0.8 0.8 0.8 0.8 0.8 0.8 0.8").Grid; // in a row
        BayesBeliefs beliefs = Beliefs(grid);

        beliefs.Observe(0, BadA);

        Assert.IsLessThan(beliefs.Probability(7), beliefs.Probability(1));
    }

    [TestMethod]
    public void Observe_GoodButWorseThanPredicted_IsBadNews()
    {
        Grid grid = GridBuilder.FromTargets(Enumerable.Range(1, 4).Select(i => new Target { Item = i, Id = $"{i}", Stage = new StageUm(i, 0, 0), PredictedCtfA = 4 }));
        BayesBeliefs better = Beliefs(grid), worse = Beliefs(grid);

        better.Observe(0, 3.5);
        worse.Observe(0, 5.9);

        Assert.IsLessThan(better.Probability(1), worse.Probability(1));
    }

    [TestMethod]
    public void Observe_TheSameHoleTwice_CountsOnce()
    {
        Grid grid = Make.Grid("g/s/p: 0.8 0.8").Grid;
        BayesBeliefs beliefs = Beliefs(grid);
        beliefs.Observe(0, BadA);
        double once = beliefs.Probability(1);

        beliefs.Observe(0, GoodA);

        Assert.AreEqual(once, beliefs.Probability(1));
    }

    [TestMethod]
    [DataRow(1, double.NaN)]
    [DataRow(1, -3.0)]
    [DataRow(1, double.PositiveInfinity)]
    [DataRow(2, 4.0)]
    [DataRow(-1, 4.0)]
    public void Observe_ImpossibleResult_IsRefusedAndNothingChanges(int hole, double ctfA)
    {
        Grid grid = Make.Grid("g/s/p: 0.8 0.8").Grid;
        BayesBeliefs beliefs = Beliefs(grid);
        beliefs.Observe(0, BadA);
        double before = beliefs.Probability(1);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => beliefs.Observe(hole, ctfA));

        Assert.AreEqual(before, beliefs.Probability(1));
        beliefs.Observe(1, GoodA); // and its true result still counts
        Assert.IsGreaterThan(before, beliefs.Probability(1));
    }

    [TestMethod]
    [DataRow(Predictions.Inverted)]
    [DataRow(Predictions.Shuffled)]
    public void Observe_UselessClassifier_IsDiscountedWithinTwentyResults(string predictions)
    {
        int noticed = 0;
        const int sessions = 10;
        for (int seed = 0; seed < sessions; seed++)
        {
            MeasuredGrid truth = Predictions.Apply(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(600, seed)), predictions, seed);
            BayesBeliefs beliefs = Beliefs(truth.Grid);
            IEnumerable<int> calledGood = truth.Grid.Holes.Select(hole => hole.Index).OrderByDescending(beliefs.Before).ThenBy(hole => (hole * 7919) % 600);

            foreach (int hole in calledGood.Take(20))
                beliefs.Observe(hole, truth.CtfA[hole]);

            double[] weights = beliefs.Weights();
            noticed += weights[0] + weights[1] < 0.4 ? 1 : 0; // was 0.75
        }
        Assert.IsGreaterThanOrEqualTo(8, noticed);
    }

    [TestMethod]
    public void Observe_RightClassifier_IsTrustedMore()
    {
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(600, seed: 4));
        BayesBeliefs beliefs = Beliefs(truth.Grid);

        for (int hole = 0; hole < 600; hole += 5)
            beliefs.Observe(hole, truth.CtfA[hole]);

        double[] weights = beliefs.Weights();
        Assert.IsGreaterThan(0.95, weights[0] + weights[1] + weights[2]);
    }

    [TestMethod]
    public void Stamp_ResultElsewhere_ChangesOnlyWhereProbabilitiesDo()
    {
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(2000, seed: 1));
        BayesBeliefs beliefs = Beliefs(truth.Grid);
        for (int step = 0; step < 40; step++)
        {
            long[] stamps = [.. truth.Grid.Patches.Select(patch => beliefs.Stamp(patch.Index))];
            double[] before = [.. truth.Grid.Holes.Select(hole => beliefs.Probability(hole.Index))];

            beliefs.Observe(step * 17, truth.CtfA[step * 17]);

            foreach (Hole hole in truth.Grid.Holes)
            {
                if (beliefs.Stamp(hole.Patch) == stamps[hole.Patch])
                    Assert.AreEqual(before[hole.Index], beliefs.Probability(hole.Index), $"hole {hole.Index} after {step} results");
            }
        }
    }

    private static BayesBeliefs Beliefs(Grid grid) => new(grid, BayesSettings.Default, CtfCalibration.Default);
}
