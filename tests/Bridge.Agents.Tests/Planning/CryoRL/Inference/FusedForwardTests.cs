using System.Runtime.InteropServices;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.CryoRL.Inference;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Ranking;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Tests.Planning.CryoRL.Inference;

[TestClass]
public sealed class FusedForwardTests
{
    public static IEnumerable<object[]> All => Learners.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Outputs_AnyLearnerAndNumberOfRows_AgreeWithTheTensors(string learner)
    {
        LearnerSettings settings = Learners.Settings(learner);
        using RowNetwork network = Learners.NewNetwork(settings, new Generator(7));
        network.eval();
        IRowMeaning meaning = Learners.Meaning(settings);
        var weights = new FusedNetwork(network, FeatureTable.PastWidth);
        FusedForward fused = new(weights), shared = new(weights, mostRowsAlone: 0);
        foreach (int holes in new[] { 4, 400, 3000, 30 }) // fewer rows than a tile, less than a block, several blocks, and few again in buffers that were used
        {
            Candidates candidates = Look(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 3)).Grid);
            using IDisposable noGrad = no_grad();
            using DisposeScope scope = NewDisposeScope();
            Tensor expected = network.Outputs(RowBatch.Of([new StateRows(candidates)])), scores = meaning.Scores(expected);

            ReadOnlySpan<float> outputs = fused.Outputs(candidates.Past, candidates.Steps);

            Assert.IsTrue(outputs.SequenceEqual(shared.Outputs(candidates.Past, candidates.Steps)), "shared out among processors");
            ReadOnlySpan<float> expectedValues = MemoryMarshal.Cast<byte, float>(expected.bytes), expectedScores = MemoryMarshal.Cast<byte, float>(scores.bytes);
            for (int row = 0; row < candidates.Count; row++)
            {
                ReadOnlySpan<float> ofRow = outputs.Slice(row * fused.Stride, meaning.Outputs);
                for (int output = 0; output < ofRow.Length; output++)
                    Assert.AreEqual(expectedValues[row * meaning.Outputs + output], ofRow[output], 1e-5, $"{holes} holes, row {row}, output {output}");
                Assert.AreEqual(expectedScores[row], meaning.Score(ofRow), 1e-5 * Math.Max(1, Math.Abs(expectedScores[row])), $"{holes} holes, row {row}");
            }
        }
    }

    [TestMethod]
    public void Next_LargerGrid_AllocatesNoMore()
    {
        LearnedModel model = new PlannerTraining(Learners.Settings("dqn") with { WarmUpSteps = 10 }, [ToyGrid.Create()]) { Epochs = 1, StepsPerEpoch = 10, ScoreStarts = 1 }.Run()[0].Model;

        long small = Allocated(1000), large = Allocated(20_000);

        Assert.IsLessThan(1024, large, $"bytes a decision; {small} on 1000 holes"); // rows are few after elimination

        long Allocated(int holes)
        {
            Grid grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed: 3)).Grid;
            IPlanner planner = model.Create(new PlannerSetup(grid, 0));
            var state = new CollectionState(grid, MoveMinutes.Text);
            state.Visit(0);
            planner.Next(state);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                planner.Next(state);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
        }
    }

    private static Candidates Look(Grid grid)
    {
        var state = new CollectionState(grid, MoveMinutes.Text);
        state.Visit(0);
        state.Visit(grid.Holes.Count / 2);
        var candidates = new Candidates(grid);
        candidates.Find(state, PatchElimination.None(grid));
        return candidates;
    }
}
