using Bridge.Agents.Classifier.Crops;
using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>
/// Makes holes with pictures and CTF values. A hole's quality is in part what its picture shows (<see cref="HoleStates"/>) and in part what it does not; both parts vary between and within grid-level
/// images, squares and patches as in SSL²-RL's Table 3. A curve turns the quality into Å, and the measurement adds its noise, so that no picture tells a hole's label for certain.
/// The same settings give the same set.
/// </summary>
public static class HoleSimulator
{
    /// <exception cref="ArgumentOutOfRangeException">The settings are outside their ranges.</exception>
    public static HoleSet Create(HoleSimulatorSettings settings, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        settings.Validate();
        Grid grid = SimulatedGrid.Create(new SimulatedGridSettings { Seed = settings.Seed, GridImages = settings.GridImages, Squares = settings.Squares, Patches = settings.Patches, Holes = settings.Holes }).Grid;
        grid = GridBuilder.FromTargets(grid.ToTargets().Select(target => target with { PredictedCtfA = null })); // nothing is predicted yet
        var random = new Random(settings.Seed);
        (HoleState[] states, double[] badness) = HoleStates.Draw(grid, settings, random);
        double[] ctfA = SimulatedHoleCtf.Measure(badness, HoleStates.Effects(grid, random), settings, random);
        return new HoleSet(grid, settings.CropSize, Pictures(grid, states, settings, random, progress, cancellationToken), ctfA);
    }

    /// <summary>(holes, s, s), normalised all together, or as <see cref="HoleSimulatorSettings.ScaleByView"/> says.</summary>
    private static float[] Pictures(Grid grid, HoleState[] states, HoleSimulatorSettings settings, Random random, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HoleOptics[] films = [.. grid.GridImages.Select(_ => HoleOptics.DrawGrid(random))];
        HoleOptics[] views = [.. grid.Patches.Select(patch => HoleOptics.Draw(films[grid.GridImageOfPatch(patch.Index)], settings.ViewSpread, random))];
        var renderer = new HoleRenderer(settings);
        int pixels = settings.CropSize * settings.CropSize;
        float[] crops = new float[grid.Holes.Count * pixels];
        for (int hole = 0; hole < states.Length; hole++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            renderer.Draw(states[hole], views[grid.Holes[hole].Patch], new Random(HashCode(settings.Seed, hole)), crops.AsSpan(hole * pixels, pixels));
            if ((hole + 1) % 256 == 0)
                progress?.Report((hole + 1.0) / states.Length);
        }
        if (settings.ScaleByView)
            ViewGreys.Normalise(new CropStack(settings.CropSize, crops), [.. grid.Holes.Select(hole => hole.Patch)]);
        else
            GreyScale.Of([crops]).Apply(crops);
        progress?.Report(1);
        return crops;
    }

    /// <summary>A seed for each hole, so that its picture does not depend on how many random numbers the ones before it drew.</summary>
    private static int HashCode(int seed, int hole) => unchecked((int)((uint)seed * 2654435761u ^ (uint)hole * 2246822519u));
}
