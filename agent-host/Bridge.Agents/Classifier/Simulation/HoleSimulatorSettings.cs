using Bridge.Agents.Planning.Simulation;

namespace Bridge.Agents.Classifier.Simulation;

/// <summary>A simulated data set of holes with pictures: how many of each level, how much of a hole's quality its picture shows, and how it was pictured.</summary>
public sealed record HoleSimulatorSettings
{
    public int Seed { get; init; }

    /// <summary>Grid-level images, 1 or more.</summary>
    public int GridImages { get; init; } = 9;

    /// <summary>Squares in all, at least one for each grid-level image.</summary>
    public int Squares { get; init; } = 58;

    /// <summary>Patches in all, at least one for each square.</summary>
    public int Patches { get; init; } = 771;

    /// <summary>Holes in all, at least one for each patch, at most <see cref="SimulatedGridSettings.MaxHoles"/>.</summary>
    public int Holes { get; init; } = 8653;

    /// <summary>Share of holes that measure 6 Å or better, above 0 and below 1.</summary>
    public double GoodShare { get; init; } = 0.48;

    /// <summary>
    /// Correlation, 0 to 1, of what a picture can show (ice thickness, damage, contamination) with the quality; the rest is what no picture at this magnification shows: particles, drift, charging.
    /// At every level the shown and the hidden part have the same share.
    /// </summary>
    public double Shown { get; init; } = 0.56;

    /// <summary>Standard deviation of the logarithm of a CTF value that is fitted twice.</summary>
    public double CtfNoise { get; init; } = 0.06;

    /// <summary>Share of micrographs whose fit fails and says anything between 3 and 20 Å.</summary>
    public double FailedFits { get; init; } = 0.02;

    /// <summary>How often ice is crystalline, cracked, missing or contaminated, or film overlaps, as a multiple of an ordinary sample's, 0 to 5.</summary>
    public double Defects { get; init; } = 1;

    /// <summary>How unlike in brightness the views of one sample are, as a deviation of the logarithm, 0 to 1: 0.01 where beam and exposure are kept, 0.1 and more where only hole and film of one view can be compared.</summary>
    public double ViewSpread { get; init; } = 0.01;

    /// <summary>Normalises the crops as those of a session are, see <see cref="Crops.ViewGreys"/>; else with one scale for all, however unlike the views are.</summary>
    public bool ScaleByView { get; init; }

    /// <summary>How bad ice is that is thinner than the best, 0 to 5: what it does beside what as much too thick ice does. 0: the thinner the better.</summary>
    public double ThinIce { get; init; }

    /// <summary>Pixels along a crop, 16 to 256.</summary>
    public int CropSize { get; init; } = 32;

    /// <summary>What a crop shows, along one side, in µm: the hole, the film around it, the edges of its neighbours.</summary>
    public double FieldUm { get; init; } = 3.25;

    /// <summary>Diameter of the holes in µm; they are 2.5 µm apart.</summary>
    public double HoleDiameterUm { get; init; } = 2.0;

    /// <summary>Electrons on a square of 0.1 µm (10⁶ Å²) where there is nothing: 1000 is 0.001 e/Å².</summary>
    public double ElectronsPerCell { get; init; } = 1000;

    /// <summary>
    /// As Y3 of SSL²-RL: 9 grid-level images, 58 squares, 771 patches, 8 653 holes; taught on all labels, the small network of <c>evaluate ssl</c> is right of about 65 % as the paper's, a wider one of 70 %. Its views are unlike in brightness, its images of low dose, the thinnest ice
    /// is not the best, and damage is frequent: one threshold on grey levels, which a few hundred labels would teach, does not do.
    /// </summary>
    public static HoleSimulatorSettings Y3 { get; } = new() { ViewSpread = 0.15, ThinIce = 2, Defects = 5, ElectronsPerCell = 120, Shown = 0.66 };

    /// <summary>As Y1 of CryoRL: 4 017 holes in 31 squares, 33.4 % of them good; a fully supervised network finds about 84 % of the good and 91 % of the bad ones.</summary>
    public static HoleSimulatorSettings Y1 { get; } = new() { GridImages = 10, Squares = 31, Patches = 195, Holes = 4017, GoodShare = 0.334, Shown = 0.985, CtfNoise = 0.03, FailedFits = 0.01 };

    /// <summary>One of many unlike samples: film, field of view, dose, damage, share of good holes and how much the pictures show are drawn anew. What learns on many of them depends on no single one.</summary>
    /// <param name="seed">Of the sample.</param>
    /// <param name="holes">10 or more.</param>
    public static HoleSimulatorSettings Varied(int seed, int holes = 1000)
    {
        var random = new Random(seed);
        double diameterUm = 1.2 + 0.9 * random.NextDouble();
        return new HoleSimulatorSettings
        {
            Seed = seed,
            GridImages = 2,
            Squares = Math.Max(2, holes / 150),
            Patches = Math.Max(2, holes / 12),
            Holes = holes,
            GoodShare = 0.2 + 0.4 * random.NextDouble(),
            Shown = 0.7 + 0.28 * random.NextDouble(),
            Defects = 0.5 + 1.5 * random.NextDouble(),
            HoleDiameterUm = diameterUm,
            FieldUm = diameterUm * (1.4 + 0.5 * random.NextDouble()),
            ElectronsPerCell = 300 * Math.Exp(2.3 * random.NextDouble()),
        };
    }

    /// <summary>As <see cref="Varied"/>, and unlike in more: of every second sample the views differ in brightness, images are of 1/30 of the dose to its whole, and damage is up to seven times as frequent.</summary>
    /// <inheritdoc cref="Varied"/>
    public static HoleSimulatorSettings Mixed(int seed, int holes = 1000)
    {
        var random = new Random(unchecked(seed * 77 + 5));
        bool alike = random.NextDouble() < 0.5;
        return Varied(seed, holes) with
        {
            ViewSpread = alike ? 0.01 : 0.03 + 0.2 * random.NextDouble(),
            Defects = 0.5 + 3 * random.NextDouble(),
            ElectronsPerCell = 100 * Math.Exp(3.4 * random.NextDouble()),
        };
    }

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal void Validate()
    {
        Check(GoodShare is > 0 and < 1, nameof(GoodShare));
        Check(Shown is >= 0 and <= 1, nameof(Shown));
        Check(CtfNoise is >= 0 and <= 1, nameof(CtfNoise));
        Check(FailedFits is >= 0 and <= 1, nameof(FailedFits));
        Check(Defects is >= 0 and <= 5, nameof(Defects));
        Check(ViewSpread is >= 0 and <= 1, nameof(ViewSpread));
        Check(ThinIce is >= 0 and <= 5, nameof(ThinIce));
        Check(CropSize is >= 16 and <= 256, nameof(CropSize));
        Check(FieldUm is > 0.1 and < 100, nameof(FieldUm));
        Check(HoleDiameterUm is > 0.1 and < 2.5, nameof(HoleDiameterUm));
        Check(ElectronsPerCell is > 0 and < 1e9, nameof(ElectronsPerCell));

        static void Check(bool holds, string name)
        {
            if (!holds)
                throw new ArgumentOutOfRangeException(name, $"{name} of a simulated set of holes is outside its range");
        }
    }
}
