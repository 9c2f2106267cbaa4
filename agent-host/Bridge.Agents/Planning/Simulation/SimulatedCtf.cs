using Bridge.Contracts;

namespace Bridge.Agents.Planning.Simulation;

/// <summary>
/// CTF values and predictions of a simulated grid. A hole's quality is a sum of normal effects of its grid-level image, square, patch and of
/// itself, with the variances of <see cref="VarianceShares.Table3"/>; a curve turns it into Å. The classifier sees the quality with an error
/// that is partly common to the patch, and is sometimes altogether wrong.
/// </summary>
internal static class SimulatedCtf
{
    public const double GoodShare = 0.33;

    /// <summary>Share of holes that the classifier calls good: recall of good 0.84 and of bad 0.91 (CryoRL, Table 4) need 0.336.</summary>
    public const double CalledGoodShare = 0.336;

    // CTF = 2 + 18 / (1 + exp(-(A + B × quality))) in Å: median 8, 33 % up to 6, nine tenths up to 15, as in Y1.
    private const double LowestA = 2, SpanA = 18, A = -0.693, B = 1.272;

    /// <summary>Quality, in standard deviations, at which the curve passes 6 Å.</summary>
    private const double GoodUpTo = -0.4399;

    // Errors of the classifier, in standard deviations of quality; set so that its recalls and the curve of CtfCalibration come out as for Y1.
    private const double PatchError = 0.15, HoleError = 0.28, WrongShare = 0.07;

    /// <summary>How much worse a failed square or patch is, in standard deviations of quality.</summary>
    private const double FailedBy = 3;

    /// <summary>Predictions keep to the middle of the range, as a regression's do.</summary>
    private const double Shrinkage = 0.85;

    public static (double[] CtfA, double[] PredictedA) Draw(int[] gridImageOfSquare, int[] squareOfPatch, int[] patchOfHole, StageUm[] stage, SampleCharacter character, Random random)
    {
        VarianceShares shares = VarianceShares.Table3;
        double[] ofImage = Effects(gridImageOfSquare[^1] + 1, shares.GridImage, random);
        double[] ofSquare = Effects(gridImageOfSquare.Length, shares.Square, random);
        double[] ofPatch = Effects(squareOfPatch.Length, shares.Patch, random);
        double[] quality = Effects(patchOfHole.Length, shares.Hole, random);
        double[] errorOfPatch = Effects(squareOfPatch.Length, PatchError * PatchError, random);
        double[] seen = new double[quality.Length];
        for (int hole = 0; hole < quality.Length; hole++)
        {
            int patch = patchOfHole[hole], square = squareOfPatch[patch];
            quality[hole] += ofPatch[patch] + ofSquare[square] + ofImage[gridImageOfSquare[square]];
            double error = errorOfPatch[patch] + HoleError * Normal(random);
            seen[hole] = random.NextDouble() < WrongShare ? Normal(random) : quality[hole] + error;
        }
        // A grid has few grid-level images and squares, so chance would make some grids mostly good and some mostly bad: it is taken out.
        AddCharacter(character, squareOfPatch, patchOfHole, stage, quality, seen, random);
        ShiftTo(quality, character.GoodShare);
        ShiftTo(seen, character.CalledGoodShare);
        return (Array.ConvertAll(quality, ToA), Array.ConvertAll(seen, s => ToA(GoodUpTo + Shrinkage * (s - GoodUpTo))));
    }

    /// <summary>One number from the standard normal distribution (Box and Muller).</summary>
    public static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Failed squares and patches, and a gradient. Draws nothing where a character has none of them.</summary>
    private static void AddCharacter(SampleCharacter character, int[] squareOfPatch, int[] patchOfHole, StageUm[] stage, double[] quality, double[] seen, Random random)
    {
        bool[] square = Some(squareOfPatch[^1] + 1, character.FailedSquares), patch = Some(squareOfPatch.Length, character.HiddenPatches);
        double left = stage.Min(at => at.X), width = Math.Max(1e-9, stage.Max(at => at.X) - left);
        for (int hole = 0; hole < quality.Length; hole++)
        {
            int own = patchOfHole[hole];
            double common = character.Gradient * ((stage[hole].X - left) / width - 0.5), failure = square[squareOfPatch[own]] ? FailedBy : 0;
            quality[hole] += common - failure - (patch[own] ? FailedBy : 0);
            seen[hole] += common / 2 - failure;
        }

        bool[] Some(int count, double share)
        {
            bool[] some = new bool[count];
            for (int i = 0; i < count && share > 0; i++)
                some[i] = random.NextDouble() < share;
            return some;
        }
    }

    private static double[] Effects(int count, double variance, Random random)
    {
        double[] effects = new double[count];
        for (int i = 0; i < count; i++)
            effects[i] = Math.Sqrt(variance) * Normal(random);
        return effects;
    }

    /// <summary>Shifts all values so that this share of them is good.</summary>
    private static void ShiftTo(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        int good = (int)Math.Round(share * values.Length);
        double border = good == 0 ? sorted[0] - 1 : good == sorted.Length ? sorted[^1] + 1 : (sorted[good - 1] + sorted[good]) / 2;
        for (int i = 0; i < values.Length; i++)
            values[i] += GoodUpTo - border;
    }

    private static double ToA(double quality) => LowestA + SpanA / (1 + Math.Exp(-(A + B * quality)));
}
