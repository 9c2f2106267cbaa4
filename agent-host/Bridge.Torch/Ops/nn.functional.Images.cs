using Bridge.Torch.Kernels;
using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How interpolate fills in; Nearest and Bilinear are here.</summary>
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Two-dimensional convolution of (N, C, H, W) with a weight (O, C / groups, rows, columns).</summary>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Convolutions.Conv2d(input, weight, bias, strides, padding, dilation, groups);

            /// <summary>Transposed two-dimensional convolution of (N, C, H, W) with a weight (C, O / groups, rows, columns).</summary>
            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                Convolutions.ConvTranspose2d(input, weight, bias, strides, padding, output_padding, dilation, groups);

            /// <summary>The largest pixel of each window.</summary>
            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Pools.Max(input, kernel_size, stride, padding, dilation, ceil_mode);

            /// <summary>The mean of each window.</summary>
            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true) =>
                Pools.Average(input, kernel_size, stride, padding, ceil_mode, count_include_pad);

            /// <summary>Means over as many windows as the output is to have pixels.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Pools.AdaptiveAverage(input, output_size);

            /// <summary>Batch normalisation of (N, C, …); in training the running statistics are changed in place.</summary>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                Normalisation.Batch(input, running_mean, running_var, weight, bias, training, momentum, eps);

            /// <summary>Layer normalisation over the last dimensions.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) => Normalisation.Layer(input, normalized_shape, weight, bias, eps);

            /// <summary>Resizes images (N, C, H, W) to a size, or by factors.</summary>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false)
            {
                Window.Images(x, "interpolate");
                if ((size is null) == (scale_factor is null))
                    throw new ArgumentException("interpolate: give size or scale_factor");
                if (mode is not (InterpolationMode.Nearest or InterpolationMode.Bilinear))
                    throw new NotSupportedException($"interpolate: {mode} is not here; Nearest and Bilinear are");
                if (mode == InterpolationMode.Nearest && align_corners is not null)
                    throw new ArgumentException("interpolate: align_corners is for Bilinear");
                (double, double)? scales = null;
                if (scale_factor is not null)
                {
                    if (scale_factor.Length is not (1 or 2) || !(scale_factor[0] > 0 && scale_factor[^1] > 0))
                        throw new ArgumentException($"interpolate: scale_factor ({string.Join(", ", scale_factor)}) is not one or two numbers above 0");
                    double rows = Math.Floor(x.Sizes[2] * scale_factor[0]), columns = Math.Floor(x.Sizes[3] * scale_factor[^1]);
                    if (!(rows <= int.MaxValue && columns <= int.MaxValue))
                        throw new ArgumentException($"interpolate: {x.Text} would become {rows} x {columns}");
                    size = [(long)rows, (long)columns];
                    if (!recompute_scale_factor)
                        scales = (1 / scale_factor[0], 1 / scale_factor[^1]);
                }
                else if (size!.Length == 1)
                {
                    size = [size[0], size[0]];
                }
                return mode == InterpolationMode.Nearest ? Resizing.Nearest(x, size, scales) : Resizing.Bilinear(x, size, align_corners ?? false, scales);
            }

            /// <summary>Pads the last one or two dimensions: left, right (, top, bottom); negative numbers cut.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => Resizing.Pad(input, pad, mode switch
            {
                PaddingModes.Constant or PaddingModes.Zeros => PadMode.Constant,
                PaddingModes.Reflect => PadMode.Reflect,
                PaddingModes.Replicate => PadMode.Replicate,
                _ => throw new NotSupportedException($"pad: {mode} is not here; Constant, Reflect and Replicate are"),
            }, mode == PaddingModes.Zeros ? 0 : (float)value);
        }
    }
}
