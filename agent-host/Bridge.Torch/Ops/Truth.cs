using Bridge.Torch.Kernels;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>any and all over dimensions.</summary>
internal static class Truth
{
    /// <summary>Whether any (or all) elements are not 0; none named: over all dimensions.</summary>
    public static torch.Tensor Over(torch.Tensor x, ReadOnlySpan<long> dims, bool keepDims, bool any, string operation)
    {
        using torch.Tensor? cast = x.Use(operation).Type == torch.ScalarType.Bool ? null : Copying.Cast(x, torch.ScalarType.Bool);
        var axes = new Axes(x.Sizes, dims, operation);
        return any ? Reductions.Fold<bool, AnyTrue>(cast ?? x, axes, keepDims, operation) : Reductions.Fold<bool, AllTrue>(cast ?? x, axes, keepDims, operation);
    }

    private readonly struct AnyTrue : IReduction<bool>
    {
        public static bool Row(ReadOnlySpan<bool> x) => x.Contains(true);

        public static void Columns(ReadOnlySpan<bool> x, int rows, Span<bool> y)
        {
            y.Clear();
            for (int r = 0; r < rows; r++)
                for (int j = 0; j < y.Length; j++)
                    y[j] |= x[r * y.Length + j];
        }
    }

    private readonly struct AllTrue : IReduction<bool>
    {
        public static bool Row(ReadOnlySpan<bool> x) => !x.Contains(false);

        public static void Columns(ReadOnlySpan<bool> x, int rows, Span<bool> y)
        {
            y.Fill(true);
            for (int r = 0; r < rows; r++)
                for (int j = 0; j < y.Length; j++)
                    y[j] &= x[r * y.Length + j];
        }
    }
}
