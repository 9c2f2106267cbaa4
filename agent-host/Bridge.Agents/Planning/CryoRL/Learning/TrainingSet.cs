using Bridge.Agents.Planning.Simulation;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The grids of one training.</summary>
/// <param name="Learn">To learn on, one or more.</param>
/// <param name="Score">Others of their kind, by which the epoch is chosen.</param>
public sealed record TrainingSet(IReadOnlyList<MeasuredGrid> Learn, IReadOnlyList<MeasuredGrid> Score)
{
    /// <summary>Parts of a recorded grid to learn on. With 16 of them and as many simulated grids the results fell after some five epochs; with 150 and 150 they did not.</summary>
    public const int DefaultParts = 150;

    /// <summary>With two of each, two epochs that are equally good differed by more than the epochs of a training do.</summary>
    private const int ScoreParts = 8, ScoreSimulated = 8;

    /// <summary>As it is, a recorded grid is too easy: its predictions come from a classifier that was trained on these holes, and a network soon knows its few grid-level
    /// images by heart. So it learns on parts of about 60 % of the patches, whose predictions have errors of 15 % by patch, 10 % by square and 20 % by hole.</summary>
    private static readonly GridPart s_part = new(Keep: 0.85, PatchError: 0.15, SquareError: 0.1, HoleError: 0.2);

    /// <summary>Only simulated grids of all sizes (<see cref="SimulatedGridSettings.ForTraining"/>).</summary>
    /// <param name="seed">Of the set, 0 to 9 999.</param>
    /// <param name="grids">To learn on, 1 or more.</param>
    public static TrainingSet Simulated(int seed, int grids) => new(Draw(seed, 0, grids), Draw(seed, grids, ScoreParts + ScoreSimulated));

    /// <summary>Parts of a recorded grid, and simulated grids beside them.</summary>
    /// <param name="seed">Of the parts and of the simulated grids, 0 to 9 999.</param>
    /// <param name="simulated">Simulated grids to learn on, 0 or more.</param>
    public static TrainingSet Recorded(MeasuredGrid grid, int seed, int simulated)
    {
        var random = new Random(seed);
        MeasuredGrid[] parts = [.. Enumerable.Range(0, DefaultParts + ScoreParts).Select(_ => s_part.Of(grid, random))];
        return new TrainingSet([.. parts[..DefaultParts], .. Draw(seed, 0, simulated)], [.. parts[DefaultParts..], .. Draw(seed, simulated, ScoreSimulated)]);
    }

    private static MeasuredGrid[] Draw(int seed, int first, int count)
        => [.. Enumerable.Range(first, count).Select(number => SimulatedGrid.Create(SimulatedGridSettings.ForTraining(seed, number)))];
}
