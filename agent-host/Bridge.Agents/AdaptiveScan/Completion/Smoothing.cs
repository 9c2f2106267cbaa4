using System.Numerics.Tensors;

namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>Sums over Gaussian neighbourhoods, for normalised convolution (Knutsson and Westin 1993): what was read here and there becomes an image when the smoothed
/// values are divided by the smoothed mask. The kernel's middle is 1; nothing is outside the image.</summary>
internal sealed class Smoothing
{
    private readonly float[] _kernel; // from the middle outwards

    /// <param name="sigma">Pixels.</param>
    public Smoothing(double sigma)
    {
        _kernel = new float[(int)Math.Ceiling(3 * sigma) + 1];
        for (int k = 0; k < _kernel.Length; k++)
            _kernel[k] = (float)Math.Exp(-k * k / (2 * sigma * sigma));
    }

    /// <summary>sum += weight * (kernel around each pixel of the image).</summary>
    /// <param name="image">(height, width), row-major.</param>
    /// <param name="sum">(height, width).</param>
    /// <param name="scratch">(height, width); overwritten.</param>
    public void AddTo(ReadOnlySpan<float> image, int width, int height, float weight, Span<float> sum, Span<float> scratch)
    {
        image.CopyTo(scratch);
        for (int k = 1; k < Math.Min(_kernel.Length, height); k++)
        {
            int shift = k * width;
            TensorPrimitives.MultiplyAdd(image[shift..], _kernel[k], scratch[..^shift], scratch[..^shift]);
            TensorPrimitives.MultiplyAdd(image[..^shift], _kernel[k], scratch[shift..], scratch[shift..]);
        }
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> from = scratch.Slice(y * width, width);
            Span<float> to = sum.Slice(y * width, width);
            TensorPrimitives.MultiplyAdd(from, weight, to, to);
            for (int k = 1; k < Math.Min(_kernel.Length, width); k++)
            {
                TensorPrimitives.MultiplyAdd(from[k..], weight * _kernel[k], to[..^k], to[..^k]);
                TensorPrimitives.MultiplyAdd(from[..^k], weight * _kernel[k], to[k..], to[k..]);
            }
        }
    }
}
