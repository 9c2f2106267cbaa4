using System.Numerics;
using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>
/// tanh x. That of TensorPrimitives loses its digits near 0 (it makes -6e-8 of 0); there the series x - x³/3 + 2x⁵/15 - 17x⁷/315 stands in, whose next term is below 1e-9 of x.
/// </summary>
internal static class TanhKernel
{
    private const int Block = 256;

    /// <summary>y[i] = tanh x[i], relative error below 1e-6; y may be x.</summary>
    public static void Run(ReadOnlySpan<float> x, Span<float> y)
    {
        Span<float> far = stackalloc float[Block];
        for (int i = 0; i < x.Length; i += Block)
        {
            int n = Math.Min(Block, x.Length - i);
            TensorPrimitives.Tanh(x.Slice(i, n), far);
            Map.Run(x.Slice(i, n), far, y.Slice(i, n), new Near());
        }
    }

    private readonly struct Near : IMap2
    {
        public Vector<float> Of(Vector<float> x, Vector<float> far)
        {
            Vector<float> square = x * x;
            Vector<float> series = x + x * square * (new Vector<float>(-1f / 3) + square * (new Vector<float>(2f / 15) + square * (-17f / 315)));
            return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<float>(0.1f)), series, far);
        }
    }
}
