using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>One decision of CryoRL's DQN: features, one forward pass over the candidates, the best of them. Its cost does not depend on the weights.
/// CryoRL's public code takes 36.0 ms for 2341 holes.</summary>
[MemoryDiagnoser]
public class DecisionBenchmark
{
    private const int Decisions = 100;

    private LearnedModel _model = null!;
    private Grid _grid = null!;
    private IPlanner _planner = null!;
    private CollectionState _state = null!;

    /// <summary>2341: CryoRL's validation split; 100 000: more than anybody collects.</summary>
    [Params(1000, 2341, 10_000, 100_000)]
    public int Holes { get; set; }

    /// <summary>With action elimination for a session of 480 minutes, as in use, or with all holes as candidates.</summary>
    [Params(true, false)]
    public bool Eliminate { get; set; }

    [GlobalSetup]
    public void Train()
    {
        var training = new PlannerTraining(Learners.Settings("dqn") with { WarmUpSteps = 10 }, [SimulatedGrid.Create(SimulatedGridSettings.ForHoles(100, seed: 0))])
        {
            Elimination = Eliminate,
            Epochs = 1,
            StepsPerEpoch = 10,
            ScoreStarts = 1,
        };
        _model = training.Run()[0].Model;
        _grid = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0)).Grid;
    }

    [IterationSetup]
    public void Open()
    {
        _planner = _model.Create(new PlannerSetup(_grid, 0));
        _state = new CollectionState(_grid, MoveMinutes.Text);
        _state.Visit(Holes / 2);
        Decide(); // the first one makes all features
    }

    [Benchmark(OperationsPerInvoke = Decisions)]
    public void Decision()
    {
        for (int i = 0; i < Decisions; i++)
            Decide();
    }

    private void Decide() => _state.Visit(((PlanResult.Planned)_planner.Next(_state)).Hole);
}
