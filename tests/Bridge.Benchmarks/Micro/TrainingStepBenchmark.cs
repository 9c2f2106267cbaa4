using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning.CryoRL;
using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Ranking;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>One training step without the network: features of all candidates, one of them at random, the move. Episodes of 240 minutes.</summary>
public class TrainingStepBenchmark
{
    private const int Steps = 5_000;

    private GridCollection _collection = null!;
    private Candidates _candidates = null!;
    private PatchElimination _elimination = null!;
    private Random _random = null!;

    [Params(1000, 2341, 10_000, 100_000)]
    public int Holes { get; set; }

    [Params(true, false)]
    public bool Eliminate { get; set; }

    [GlobalSetup]
    public void Simulate()
    {
        MeasuredGrid truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0));
        _collection = new GridCollection(truth, MoveMinutes.Text, 240, LastMove.Strict);
        _candidates = new Candidates(truth.Grid);
        _elimination = Eliminate ? PatchElimination.For(truth.Grid, MoveMinutes.Text, 240, PatchElimination.BetaInTraining) : PatchElimination.None(truth.Grid);
        _random = new Random(0);
        _candidates.Find(_collection.State, _elimination);
        Console.WriteLine($"// {Holes} holes, elimination {Eliminate}: {_candidates.Holes} candidates in {_candidates.Count} rows");
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public double RandomPolicy()
    {
        double reward = 0;
        for (int i = 0; i < Steps; i++)
        {
            if (_collection.End != CollectionEnd.None)
                _collection.Start(_random.Next(Holes));
            _candidates.Find(_collection.State, _elimination);
            reward += _collection.Move(_candidates.HoleOf(_candidates.DrawRow(_random))).Reward;
        }
        return reward;
    }
}
