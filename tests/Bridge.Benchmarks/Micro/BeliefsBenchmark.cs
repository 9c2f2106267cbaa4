using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Hierarchy;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Benchmarks.Micro;

/// <summary>The learning planner: what one result costs, one suggestion after it, and one image of a patch, from a small grid to more than there are.</summary>
public class BeliefsBenchmark
{
    private const int Moves = 100, MinutesLeft = 480, Images = 20;

    private MeasuredGrid _truth = null!;
    private PlannedSession _session = null!;
    private SurveyState _seen = null!;
    private AdaptiveSurvey _survey = null!;
    private int[] _holes = [];

    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Holes { get; set; }

    [GlobalSetup]
    public void Simulate()
    {
        _truth = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Holes, seed: 0));
        _holes = [.. Enumerable.Range(0, Moves).Select(i => (int)((long)i * Holes / Moves))];
    }

    [IterationSetup(Targets = [nameof(BayesResults), nameof(BayesSuggestions)])]
    public void OpenBayes() => Open("bayes");

    [IterationSetup(Target = nameof(RateSuggestions))]
    public void OpenRate() => Open("rate");

    /// <summary>Ten patches were seen already.</summary>
    [IterationSetup(Target = nameof(AdaptiveImages))]
    public void OpenAdaptive()
    {
        (_seen, _survey) = (new SurveyState(_truth.Grid, MoveMinutes.Text, 1), new AdaptiveSurvey());
        _seen.State.MinutesLeft = MinutesLeft;
        for (int i = 0; i < 10; i++)
            _seen.Survey(PatchOf(Images + i));
        _survey.Next(_seen);
    }

    /// <summary>An image of a patch, and the next action after it.</summary>
    [Benchmark(OperationsPerInvoke = Images)]
    public void AdaptiveImages()
    {
        for (int i = 0; i < Images; i++)
        {
            _seen.Survey(PatchOf(i));
            _survey.Next(_seen);
        }
    }

    /// <summary>A result in every hundredth part of the grid: nothing is planned in between.</summary>
    [Benchmark(OperationsPerInvoke = Moves)]
    public void BayesResults()
    {
        foreach (int hole in _holes)
            _session.Arrive(hole);
    }

    [Benchmark(OperationsPerInvoke = Moves)]
    public void BayesSuggestions() => Collect();

    [Benchmark(Baseline = true, OperationsPerInvoke = Moves)]
    public void RateSuggestions() => Collect();

    private int PatchOf(int number) => (int)((long)number * _truth.Grid.Patches.Count / (Images + 10));

    private void Open(string planner)
    {
        _session = new PlannedSession(_truth, planner, MinutesLeft);
        _session.Arrive(Holes / 2);
        _session.Next(); // the first ranks every hole
    }

    private void Collect()
    {
        for (int i = 0; i < Moves; i++)
        {
            if (_session.Next() is not PlanResult.Planned planned)
                throw new InvalidOperationException($"the planner stopped after {i} of {Moves} suggestions");
            _session.Arrive(planned.Hole);
        }
    }
}
