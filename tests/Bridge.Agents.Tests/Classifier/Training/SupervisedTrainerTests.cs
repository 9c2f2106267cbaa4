using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Agents.Classifier.Training;
using Bridge.Domain.Specimen;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Classifier.Training;

[TestClass]
public sealed class SupervisedTrainerTests
{
    /// <summary>So easy that it must be solved: good holes are bright, bad ones dark.</summary>
    private static HoleSet Easy()
    {
        HoleSet set = HoleSimulator.Create(HoleSimulatorSettings.Y1 with { GridImages = 2, Squares = 8, Patches = 16, Holes = 160, CropSize = 16, GoodShare = 0.5 });
        for (int hole = 0; hole < set.Count; hole++)
        {
            foreach (ref float pixel in set.Pictures[hole])
                pixel = 0.2f * pixel + (set.IsGood(hole) ? 1 : -1);
        }
        return set;
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Train_BrightHolesAreGood_IsLearned(bool adam)
    {
        using DisposeScope scope = NewDisposeScope();
        HoleSet set = Easy();
        var network = new SmallResNet(new Generator(1), width: 4, dropout: 0);
        var losses = new List<double>();

        SupervisedTrainer.Train(network, set, set.Labelled(), new TrainerSettings { Epochs = 6, Batch = 16, LearningRate = adam ? 0.01 : 0.05, Adam = adam, Seed = 1 }, (_, loss) => losses.Add(loss));

        Assert.IsTrue(losses[^1] < losses[0]);
        Assert.IsFalse(network.training);
        double[] probabilities = CropScorer.Probabilities(CropScorer.Outputs(network, set, set.Labelled()));
        Assert.IsTrue(probabilities.Select((p, hole) => p >= 0.5 == set.IsGood(hole)).Count(right => right) >= 156);
    }

    [TestMethod]
    public void Train_SameSeed_SameWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        HoleSet set = Easy();

        CollectionAssert.AreEqual(Run(1), Run(1));
        CollectionAssert.AreNotEqual(Run(1), Run(2));

        float[] Run(int seed)
        {
            var network = new SmallResNet(new Generator(3), width: 4);
            SupervisedTrainer.Train(network, set, set.Labelled(), new TrainerSettings { Epochs = 1, Batch = 32, Seed = seed });
            return CropScorer.Outputs(network, set, [0, 1, 2]);
        }
    }

    [TestMethod]
    public void Train_Stopped_Throws()
    {
        using DisposeScope scope = NewDisposeScope();
        HoleSet set = Easy();
        using var stop = new CancellationTokenSource();
        var network = new SmallResNet(new Generator(3), width: 4);

        Assert.ThrowsExactly<OperationCanceledException>(() => SupervisedTrainer.Train(network, set, set.Labelled(), new TrainerSettings { Epochs = 100, Batch = 16 }, (_, _) => stop.Cancel(), null, stop.Token));
        Assert.IsFalse(network.training);
    }

    [TestMethod]
    public void Apply_WeakAugmentation_KeepsTheValues()
    {
        float[] crop = [.. Enumerable.Range(0, 16 * 16).Select(i => (float)i)], augmented = new float[16 * 16];
        var seen = new HashSet<string>();
        var random = new Random(1);

        for (int i = 0; i < 200; i++)
        {
            WeakAugmentation.Apply(crop, augmented, 16, random);
            Assert.IsTrue(augmented.All(crop.Contains));
            seen.Add(string.Join(',', augmented[..3]));
        }

        Assert.IsTrue(seen.Count > 50, $"{seen.Count}");
    }

    [TestMethod]
    public void ClassifierTraining_EasySet_ModelIsGoodCalibratedAndReadsBack()
    {
        using DisposeScope scope = NewDisposeScope();
        HoleSet set = Easy();
        string path = Path.Combine(Directory.CreateTempSubdirectory("bridge-").FullName, "c.safetensors");
        try
        {
            ClassifierResult result = new ClassifierTraining(set) { Width = 4, Trainer = new TrainerSettings { Epochs = 8, Batch = 16, LearningRate = 0.01 } }.Run();
            result.Model.Save(path, new Dictionary<string, string>());

            ClassifierModel read = ClassifierModel.Read(path);

            Assert.IsTrue(result.Scores.Accuracy > 0.9 && result.IsBetter, $"{result.Scores.Accuracy}");
            CollectionAssert.AreEqual(result.Model.Score(set.Pictures, [0, 1, 2]), read.Score(set.Pictures, [0, 1, 2]));
            Assert.AreEqual((16, "small", 4), (read.CropSize, read.Kind, read.Width));
            ClassifierResult again = new ClassifierTraining(set) { Start = read, Trainer = new TrainerSettings { Epochs = 1, Batch = 16, LearningRate = 1e-9 } }.Run();
            Assert.IsNotNull(again.Before);
            Assert.IsFalse(again.IsBetter, "what has learned nothing new is not better");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [TestMethod]
    public void ClassifierTraining_AllGoodOrTooFew_IsRefused()
    {
        HoleSet set = Easy();
        var allGood = new HoleSet(set.Grid, set.CropSize, set.Crops, [.. Enumerable.Repeat(4.0, set.Count)]);
        var few = new HoleSet(set.Grid, set.CropSize, set.Crops, [.. set.CtfA.Select((ctf, hole) => hole < 20 ? ctf : double.NaN)]);

        StringAssert.Contains(Assert.ThrowsExactly<Contracts.ContractException>(() => new ClassifierTraining(allGood)).Message, "are good");
        StringAssert.Contains(Assert.ThrowsExactly<Contracts.ContractException>(() => new ClassifierTraining(few)).Message, "too few");
    }
}
