namespace TorchSharp.Modules;

/// <summary>Over (N, C) or (N, C, L).</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long features, double eps, double momentum, bool affine, bool trackStatistics)
        : base(nameof(BatchNorm1d), features, eps, momentum, affine, trackStatistics)
    {
    }

    private protected override bool Fits(long dimensions) => dimensions is 2 or 3;
}
