namespace Bridge.Agents.Planning.Simulation;

/// <summary>What a specimen is like, and how well the classifier knows it; no sample is like the last.</summary>
/// <param name="Name">For tables.</param>
/// <param name="GoodShare">Share of good holes, 0 to 1.</param>
/// <param name="CalledGoodShare">Share of holes that the classifier calls good, 0 to 1.</param>
public sealed record SampleCharacter(string Name, double GoodShare, double CalledGoodShare)
{
    /// <summary>Quality that is gained from one side of the grid to the other, in standard deviations; the classifier sees half of it.</summary>
    public double Gradient { get; init; }

    /// <summary>Share of squares that have failed as a whole, as the classifier sees, 0 to 1.</summary>
    public double FailedSquares { get; init; }

    /// <summary>Share of patches that have failed as a whole, which the classifier does not see, 0 to 1.</summary>
    public double HiddenPatches { get; init; }

    /// <summary>As Y1: the default.</summary>
    public static SampleCharacter Usual { get; } = new("usual", SimulatedCtf.GoodShare, SimulatedCtf.CalledGoodShare);

    /// <summary>Every kind, the usual one first.</summary>
    public static IReadOnlyList<SampleCharacter> All { get; } =
    [
        Usual,
        new("dry", 0.25, 0.30) { FailedSquares = 0.4 },
        new("wet", 0.12, 0.35),
        new("gradient", 0.33, 0.34) { Gradient = 3 },
        new("contaminated", 0.25, 0.35) { HiddenPatches = 0.3 },
        new("all good", 0.95, 0.60),
        new("all bad", 0.02, 0.30),
    ];

    /// <summary>Twenty samples: two usual ones, and three of every other kind.</summary>
    /// <param name="seed">Of the first; samples of one seed are all different.</param>
    public static IReadOnlyList<SimulatedGridSettings> Twenty(int seed)
        => [.. All.SelectMany(character => Enumerable.Repeat(character, character == Usual ? 2 : 3))
            .Select((character, i) => new SimulatedGridSettings { Seed = unchecked(seed * 20 + i), Character = character })];
}
