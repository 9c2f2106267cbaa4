using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A tensor that a module trains; it shares the memory of <paramref name="data"/>.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(Linear), new Linear(inputSize, outputSize, hasBias));

        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

        public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
        {
            OnlyZeros(padding_mode, nameof(Conv2d));
            return Here(device, dtype, nameof(Conv2d), new Conv2d(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), dilation ?? (1, 1), groups, bias));
        }

        public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => ConvTranspose2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (output_padding, output_padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

        public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
        {
            OnlyZeros(padding_mode, nameof(ConvTranspose2d));
            return Here(device, dtype, nameof(ConvTranspose2d), new ConvTranspose2d(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), output_padding ?? (0, 0), dilation ?? (1, 1), groups, bias));
        }

        public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(BatchNorm1d), new BatchNorm1d(num_features, eps, momentum, affine, track_running_stats));

        public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(BatchNorm2d), new BatchNorm2d(num_features, eps, momentum, affine, track_running_stats));

        public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => Here(device, dtype, nameof(LayerNorm), new LayerNorm(normalized_shape, eps, elementwise_affine, bias));

        public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);

        /// <summary>Refuses a device or type that is not here.</summary>
        private static T Here<T>(Device? device, ScalarType? dtype, string layer, T module)
        {
            Device.Check(device, layer);
            if (dtype is not null and not ScalarType.Float32)
                throw new NotSupportedException($"{layer}: parameters are Float32, not {dtype}");
            return module;
        }

        private static void OnlyZeros(PaddingModes mode, string layer)
        {
            if (mode != PaddingModes.Zeros)
                throw new NotSupportedException($"{layer}: padding_mode {mode} is not here; pad with nn.functional.pad first");
        }
    }
}
