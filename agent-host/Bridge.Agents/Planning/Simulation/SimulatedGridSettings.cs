namespace Bridge.Agents.Planning.Simulation;

/// <summary>How large a simulated grid is, and its seed. The defaults are the counts of CryoRL's validation split, nearly.</summary>
public sealed record SimulatedGridSettings
{
    /// <summary>Holes of the default grid.</summary>
    public const int DefaultHoles = 2300;

    /// <summary>Most holes that are simulated.</summary>
    public const int MaxHoles = 1_000_000;

    public int Seed { get; init; }

    /// <summary>Grid-level images, 1 or more.</summary>
    public int GridImages { get; init; } = 10;

    /// <summary>Squares in all, at least one for each grid-level image.</summary>
    public int Squares { get; init; } = 16;

    /// <summary>Patches in all, at least one for each square.</summary>
    public int Patches { get; init; } = 110;

    /// <summary>Holes in all, at least one for each patch, at most <see cref="MaxHoles"/>.</summary>
    public int Holes { get; init; } = DefaultHoles;

    /// <summary>What the sample is like.</summary>
    public SampleCharacter Character { get; init; } = SampleCharacter.Usual;

    /// <summary>A grid of about the default's proportions with this many holes: patches keep their size, and squares and grid-level images
    /// grow in number and in what they hold.</summary>
    /// <param name="holes">1 to <see cref="MaxHoles"/>.</param>
    public static SimulatedGridSettings ForHoles(int holes, int seed)
    {
        var standard = new SimulatedGridSettings();
        double ratio = (double)holes / DefaultHoles;
        int patches = Scaled(standard.Patches, ratio, holes);
        int squares = Scaled(standard.Squares, Math.Pow(ratio, 2.0 / 3), patches);
        int gridImages = Scaled(standard.GridImages, Math.Cbrt(ratio), squares);
        return new SimulatedGridSettings { Seed = seed, GridImages = gridImages, Squares = squares, Patches = patches, Holes = holes };
    }

    /// <summary>One grid of an endless training set: of every size that a session may have, all different. The sets of different seeds share no
    /// grid, and no training grid is one that <c>evaluate planner --data simulated</c> plays on with a seed of 0 or more.</summary>
    /// <param name="seed">Of the set, 0 to 9 999.</param>
    /// <param name="number">Of the grid, from 0 to 99 999.</param>
    public static SimulatedGridSettings ForTraining(int seed, int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)seed, 10_000u, nameof(seed));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, 100_000u, nameof(number));
        int own = -1 - (seed * 100_000 + number);
        var random = new Random(own);
        int gridImages = random.Next(3, 13), squares = gridImages + random.Next(gridImages + 1);
        int patches = squares * random.Next(3, 11), holes = patches * random.Next(8, 31);
        return new SimulatedGridSettings { Seed = own, GridImages = gridImages, Squares = squares, Patches = patches, Holes = holes };
    }

    /// <exception cref="ArgumentOutOfRangeException">A level has fewer members than the one above it, or there are too many holes.</exception>
    internal void Validate()
    {
        if (GridImages < 1 || Squares < GridImages || Patches < Squares || Holes < Patches || Holes > MaxHoles)
        {
            throw new ArgumentOutOfRangeException(nameof(Holes),
                $"a simulated grid needs 1 <= grid-level images <= squares <= patches <= holes <= {MaxHoles}; got {GridImages}, {Squares}, {Patches}, {Holes}");
        }
    }

    private static int Scaled(int count, double factor, int most) => Math.Clamp((int)Math.Round(count * factor), 1, Math.Max(1, most));
}
