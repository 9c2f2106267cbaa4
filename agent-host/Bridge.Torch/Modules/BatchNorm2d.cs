namespace TorchSharp.Modules;

/// <summary>Over (N, C, H, W).</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long features, double eps, double momentum, bool affine, bool trackStatistics)
        : base(nameof(BatchNorm2d), features, eps, momentum, affine, trackStatistics)
    {
    }

    private protected override bool Fits(long dimensions) => dimensions == 4;
}
