namespace Bridge.Agents.Planning.Simulation;

/// <summary>Shares of the variance of the CTF value that arise at each level; they add up to 1.</summary>
public readonly record struct VarianceShares(double GridImage, double Square, double Patch, double Hole)
{
    /// <summary>
    /// From the ANOVA of SSL²-RL, appendix C.3, Table 3: sums of squares 5393.9, 17167.2, 31570.4 and 62604 with 9, 58, 771 and 5997 degrees of
    /// freedom. A mean square mixes its own level with those below it: E[MS of a level] = E[MS of the level below] + (holes in one member) ×
    /// (variance at the level), so the variances follow from the bottom up, with the average numbers of holes.
    /// </summary>
    public static VarianceShares Table3 { get; } = FromAnova(
        [5393.9, 17167.2, 31570.4, 62604], [9, 58, 771, 5997]);

    private static VarianceShares FromAnova(double[] sumsOfSquares, int[] degreesOfFreedom)
    {
        int gridImages = degreesOfFreedom[0] + 1, squares = gridImages + degreesOfFreedom[1];
        int patches = squares + degreesOfFreedom[2];
        double holes = patches + degreesOfFreedom[3];
        double Mean(int level) => sumsOfSquares[level] / degreesOfFreedom[level];
        double hole = Mean(3);
        double patch = (Mean(2) - Mean(3)) / (holes / patches);
        double square = (Mean(1) - Mean(2)) / (holes / squares);
        double gridImage = (Mean(0) - Mean(1)) / (holes / gridImages);
        double total = hole + patch + square + gridImage;
        return new VarianceShares(gridImage / total, square / total, patch / total, hole / total);
    }
}
