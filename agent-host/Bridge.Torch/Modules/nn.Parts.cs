using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Modules one after the other, named 0, 1, 2, …</summary>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules)
        {
            var sequential = new Sequential();
            foreach (Module<Tensor, Tensor> module in modules)
                sequential.append(module);
            return sequential;
        }

        /// <summary>Modules one after the other, with their names.</summary>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules)
        {
            var sequential = new Sequential();
            foreach (var (name, module) in modules)
                sequential.append(name, module);
            return sequential;
        }

        public static Sequential Sequential() => new();

        public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);

        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p);

        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        public static Identity Identity() => new();

        public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
            => MaxPool2d((kernel_size, kernel_size), Pair(stride), Pair(padding), Pair(dilation), ceil_mode);

        public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false)
            => new(kernel_size, stride, padding, dilation, ceil_mode);

        public static AvgPool2d AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true)
            => AvgPool2d((kernel_size, kernel_size), Pair(stride), Pair(padding), ceil_mode, count_include_pad);

        public static AvgPool2d AvgPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true)
            => new(kernel_size, stride, padding, ceil_mode, count_include_pad);

        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new((output_size, output_size));

        public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(output_size);

        /// <param name="inplace">Taken for the signature's sake: the result is always a new tensor; so with the others.</param>
        public static ReLU ReLU(bool inplace = false) => new();

        public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope);

        public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha);

        public static SiLU SiLU(bool inplace = false) => new();

        public static GELU GELU(bool inplace = false) => new();

        public static Tanh Tanh(bool inplace = false) => new();

        public static Sigmoid Sigmoid(bool inplace = false) => new();

        public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

        public static Softmax Softmax(long dim) => new(dim);

        public static LogSoftmax LogSoftmax(long dim) => new(dim);

        private static (long, long)? Pair(long? size) => size is long value ? (value, value) : null;
    }
}
