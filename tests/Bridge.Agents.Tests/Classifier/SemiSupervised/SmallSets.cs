using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Tests.Classifier.SemiSupervised;

/// <summary>Sets of holes that are small enough for tests.</summary>
internal static class SmallSets
{
    /// <summary>Good holes are bright in the middle, bad ones dark, with noise.</summary>
    /// <param name="good">Whether a hole is good; NaN CTF where null.</param>
    public static HoleSet Blobs(int holes, Func<int, bool?> good, int seed = 1)
    {
        const int size = 16;
        Grid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed, GridImages = 1, Squares = 4, Patches = Math.Min(holes, 12), Holes = holes }).Grid;
        var random = new Random(seed);
        float[] crops = new float[holes * size * size];
        for (int i = 0; i < crops.Length; i++)
        {
            int x = i % size - size / 2, y = i / size % size - size / 2;
            float middle = x * x + y * y < 25 ? 1 : 0;
            crops[i] = (good(i / (size * size)) == true ? middle : -middle) + 0.3f * (float)(random.NextDouble() - 0.5);
        }
        return new HoleSet(grid, size, crops, [.. Enumerable.Range(0, holes).Select(hole => good(hole) switch { true => 4.0, false => 12.0, null => double.NaN })]);
    }

    /// <summary>As Y3, but small.</summary>
    public static HoleSet Simulated(int holes = 240) => HoleSimulator.Create(HoleSimulatorSettings.Y3 with { GridImages = 2, Squares = 6, Patches = 24, Holes = holes, CropSize = 16 });
}
