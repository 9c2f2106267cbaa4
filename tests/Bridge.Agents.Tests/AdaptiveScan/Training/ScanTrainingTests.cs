using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Environment;
using Bridge.Agents.AdaptiveScan.Evaluation;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Simulation;
using Bridge.Agents.AdaptiveScan.Training;
using Bridge.Contracts;

namespace Bridge.Agents.Tests.AdaptiveScan.Training;

[TestClass]
public sealed class ScanTrainingTests
{
    [TestMethod]
    public void Step_SameFewScans_LearnsThem()
    {
        ScanGeometry geometry = ScanGeometry.For(32, 32, 0.1, 8);
        IReadOnlyList<ScanImage> images = ScanImages.Simulate(4, seed: 1, new SpecimenSettings { Width = 32, Height = 32, LeastCounts = 500 });
        ScanHistory[] histories = [.. images.Select((image, i) => new ScanHistory(image, ScanReads.Of(ScanEpisode.Run(new SpiralPath(geometry, i), geometry, image))))];
        using var learner = new GeneratorLearner(new GeneratorSettings { Width = 16, Batch = 4, Steps = 150, LearningRate = 4e-3 }, 32, seed: 1);
        var random = new Random(1);
        double first = 0, last = 0;

        for (int step = 0; step < 150; step++)
        {
            int next = 0;
            learner.Step(() => histories[next++ % 4], random);
            first += step < 10 ? learner.Loss / 10 : 0;
            last += step >= 140 ? learner.Loss / 10 : 0;
        }

        Assert.IsLessThan(0.6 * first, last);
    }

    [TestMethod]
    public void Run_SameSeedTwice_IsTheSameAndLeadsPaths()
    {
        IReadOnlyList<ScanImage> images = ScanImages.Simulate(6, seed: 2, new SpecimenSettings { Width = 32, Height = 32 });

        ScanModel first = Small(images).Run(), second = Small(images).Run();

        ScanGeometry geometry = ScanGeometry.For(32, 32, 0.1, 6);
        PartialScan scan = ScanEpisode.Run(ScanPolicies.Create(ScanPolicies.Adaptive, geometry, 1, first.Errors), geometry, images[0]);
        PartialScan again = ScanEpisode.Run(ScanPolicies.Create(ScanPolicies.Adaptive, geometry, 1, second.Errors), geometry, images[0]);
        CollectionAssert.AreEqual(scan.Segments.ToArray(), again.Segments.ToArray());
        CollectionAssert.AreEqual(first.Completion.Complete(scan).Image, second.Completion.Complete(scan).Image);
    }

    [TestMethod]
    public void Create_ImagesOfOddSizes_SaysWhatToDo()
    {
        ScanImage[] images = [new(new float[48 * 40], 48, 40)];

        ContractException e = Assert.ThrowsExactly<ContractException>(() => new ScanTraining(images));

        Assert.Contains("crop them", e.Message);
    }

    [TestMethod]
    public void Evaluate_TwoPaths_ScoresAllPartsAndGroups()
    {
        IReadOnlyList<ScanImage> images = ScanImages.Simulate(6, seed: 3, new SpecimenSettings { Width = 40, Height = 40 });
        ScanModel model = Small(ScanImages.Simulate(3, seed: 2, new SpecimenSettings { Width = 32, Height = 32 })).Run();

        IReadOnlyList<ScanScore> scores = new ScanEvaluation(images) { Coverage = 0.1, Positions = 6 }.Run(ScanPolicies.Grid, [(model.Completion, model.Errors)]);

        ScanScore all = scores[0];
        Assert.AreEqual((ScanPolicies.Grid, ScanEvaluation.All, 6, 1), (all.Path, all.Images, all.Count, all.Models));
        Assert.IsTrue(all.Mse is > 0 and < 4 && all.MseError > 0 && all.Ssim is > -1 and < 1, $"{all}");
        Assert.AreEqual(6, scores.Where(score => score.Images is ScanEvaluation.Part or ScanEvaluation.Whole).Sum(score => score.Count));
        Assert.AreEqual(all.Mse, scores.Single(score => score.Images == SpecimenSimulator.Group).Mse);
    }

    private static ScanTraining Small(IReadOnlyList<ScanImage> images) => new(images)
    {
        Geometry = ScanGeometry.For(32, 32, 0.1, 6),
        Generator = new GeneratorSettings { Width = 4, Batch = 2, Steps = 6 },
        Histories = 12,
        ErrorScans = 4,
        ErrorSteps = 5,
        Seed = 4,
    };
}
