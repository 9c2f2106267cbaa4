using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Bridge.Testing;

namespace Bridge.Agents.Tests.Planning.Bayes;

[TestClass]
public sealed class BayesFitTests
{
    /// <summary>Fits again what <see cref="BayesSettings.Default"/> was fitted on, and finds nothing that foretells results much better.</summary>
    [TestMethod]
    public void Run_Y1TrainAndSimulated_FindsLittleBetterThanTheDefault()
    {
        MeasuredGrid[] sessions = Sessions();

        BayesSettings fitted = BayesFit.Run(sessions, BayesSettings.Default, rounds: 1);

        (double before, double after) = (BayesFit.LogLoss(sessions, BayesSettings.Default), BayesFit.LogLoss(sessions, fitted));
        Console.WriteLine($"default {before:0.0000}, fitted {after:0.0000}: {fitted}");
        Assert.IsLessThanOrEqualTo(before, after);
        Assert.IsLessThan(0.01, before - after);
    }

    [TestMethod]
    public void LogLoss_Y1TrainAndSimulated_IsLowerThanWithoutLearning()
    {
        MeasuredGrid[] sessions = Sessions();
        BayesSettings none = BayesSettings.Default with
        {
            SpecimenVariance = 1e-6, GridImageVariance = 1e-6, SquareVariance = 1e-6, PatchVariance = 1e-6, NeighbourVariance = 1e-6, OddPatchShare = 1e-6,
            Views = [new ClassifierView("right", 1, 1, 0, 0, 1, 0.17)],
        };

        (double with, double without) = (BayesFit.LogLoss(sessions, BayesSettings.Default), BayesFit.LogLoss(sessions, none));

        Console.WriteLine($"with learning {with:0.000}, without {without:0.000}");
        Assert.IsLessThan(without - 0.05, with);
    }

    private static MeasuredGrid[] Sessions()
    {
        MeasuredGrid train = HoleTable.Read(SharedData.PathOf("y1", "train.csv")).Measured;
        return
        [
            Y1Parts.Draw(train, 1, 0, 0, 0, new Random(1)),
            Y1Parts.Draw(train, 1.3, 0, 0, 0, new Random(2)),
            Y1Parts.Draw(train, 0.75, 0, 0, 0, new Random(3)),
            Y1Parts.Draw(train, 1, 0.3, 0, 0, new Random(4)),
            Y1Parts.Draw(train, 1, 0, 0.3, 0, new Random(5)),
            Y1Parts.Draw(train, 1, 0, 0, 0.25, new Random(6)),
            SimulatedGrid.Create(SimulatedGridSettings.ForTraining(77, 1)),
        ];
    }
}
