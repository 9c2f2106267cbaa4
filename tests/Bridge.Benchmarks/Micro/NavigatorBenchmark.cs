using BenchmarkDotNet.Attributes;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Navigator;

namespace Bridge.Benchmarks.Micro;

/// <summary>Opening a session reads a Navigator file: the file alone, and with the hierarchy of its items.</summary>
public class NavigatorBenchmark
{
    private const string Name = "grid.nav";

    private byte[] _file = [];

    [Params(1000, 10_000, 100_000)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Write() => _file = NavigatorWriter.ToBytes(SimulatedGrid.Create(SimulatedGridSettings.ForHoles(Points, seed: 0)).Grid);

    [Benchmark(Baseline = true)]
    public NavigatorFile Read() => NavigatorFile.Parse(Name, _file);

    [Benchmark]
    public NavigatorGrid ReadAsGrid() => NavigatorGrid.From(NavigatorFile.Parse(Name, _file));
}
