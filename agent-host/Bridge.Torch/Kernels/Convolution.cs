using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bridge.Torch.Kernels;

/// <summary>
/// Two-dimensional convolution and its gradients over contiguous tensors; layouts and formula in <see cref="ConvSize"/>. Same bits for any number of threads.
/// The caller has checked the sizes; spans too short for them are refused.
/// </summary>
internal static unsafe class Convolution
{
    /// <summary>y from x; <paramref name="bias"/> has OutChannels floats or none.</summary>
    public static void Forward(in ConvSize size, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y)
    {
        Check(size, x, weight, y, bias, size.OutChannels);
        fixed (float* px = x, pw = weight, pb = bias, py = y)
        {
            if (Avx512F.IsSupported)
                ConvProduct<Vector512<float>, Lane512>.Forward(size, px, pw, pb, py);
            else if (Fma.IsSupported && Avx2.IsSupported)
                ConvProduct<Vector256<float>, Lane256>.Forward(size, px, pw, pb, py);
            else
                ConvProduct<float, Lane1>.Forward(size, px, pw, pb, py);
        }
    }

    /// <summary>The gradient of x from that of y, or, with a bias of InChannels floats or none, the transposed convolution of <paramref name="dy"/>.</summary>
    public static void Input(in ConvSize size, ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> dx)
    {
        Check(size, dx, weight, dy, bias, size.InChannels);
        fixed (float* py = dy, pw = weight, pb = bias, px = dx)
        {
            if (Avx512F.IsSupported)
                ConvProduct<Vector512<float>, Lane512>.Input(size, py, pw, pb, px);
            else if (Fma.IsSupported && Avx2.IsSupported)
                ConvProduct<Vector256<float>, Lane256>.Input(size, py, pw, pb, px);
            else
                ConvProduct<float, Lane1>.Input(size, py, pw, pb, px);
        }
    }

    /// <summary>The gradient of the weights.</summary>
    public static void Weights(in ConvSize size, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw)
    {
        Check(size, x, dw, dy, default, 0);
        if (size.Batch == 0)
        {
            dw.Clear();
            return;
        }
        fixed (float* px = x, py = dy, pw = dw)
        {
            if (Avx512F.IsSupported)
                ConvWeights<Vector512<float>, Lane512>.Run(size, px, py, pw);
            else if (Fma.IsSupported && Avx2.IsSupported)
                ConvWeights<Vector256<float>, Lane256>.Run(size, px, py, pw);
            else
                ConvWeights<float, Lane1>.Run(size, px, py, pw);
        }
    }

    /// <summary>db(c) = the sum of dy over batch and pixels.</summary>
    public static void Bias(int batch, int channels, int pixels, ReadOnlySpan<float> dy, Span<float> db)
    {
        db[..channels].Clear();
        for (int n = 0; n < batch; n++)
            for (int c = 0; c < channels; c++)
                db[c] += System.Numerics.Tensors.TensorPrimitives.Sum(dy.Slice(checked((n * channels + c) * pixels), pixels));
    }

    private static void Check(in ConvSize size, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> y, ReadOnlySpan<float> bias, int biases)
    {
        if (size.OutHeight < 1 || size.OutWidth < 1 || x.Length < (long)size.Batch * size.InChannels * size.Height * size.Width || y.Length < (long)size.Batch * size.OutChannels * size.OutHeight * size.OutWidth
            || weight.Length < (long)size.OutChannels * size.GroupIn * size.Taps || (bias.Length > 0 && bias.Length < biases))
            throw new ArgumentException($"convolution: {x.Length}, {weight.Length}, {bias.Length} and {y.Length} floats do not fit {size}");
    }
}
