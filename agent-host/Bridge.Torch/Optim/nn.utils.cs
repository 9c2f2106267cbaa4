using System.Numerics.Tensors;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            private const double Epsilon = 1e-6;   // PyTorch's, so that a norm of 0 divides nothing by 0

            /// <summary>Scales all gradients so that the norm of all of them together is at most max_norm.</summary>
            /// <param name="tensors">Their gradients are changed; those without one are left out.</param>
            /// <param name="norm_type">1, 2, … or double.PositiveInfinity for the largest element.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                if (!(max_norm >= 0) || !(norm_type > 0))
                    throw new ArgumentOutOfRangeException(nameof(max_norm), $"clip_grad_norm_: max_norm {max_norm} must be >= 0 and norm_type {norm_type} above 0");
                List<Tensor> gradients = Gradients(tensors);
                double total = 0;
                foreach (Tensor gradient in gradients)
                    total = double.IsPositiveInfinity(norm_type) ? Math.Max(total, LargestMagnitude(gradient.Floats)) : total + PowerSum(gradient.Floats, norm_type);
                if (!double.IsPositiveInfinity(norm_type))
                    total = norm_type == 2 ? Math.Sqrt(total) : Math.Pow(total, 1 / norm_type);
                float factor = (float)Math.Min(1, max_norm / (total + Epsilon));
                foreach (Tensor gradient in gradients)
                    TensorPrimitives.Multiply(gradient.Floats, factor, gradient.Floats);
                return total;
            }

            /// <summary>Clamps every element of every gradient to ±clip_value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                if (!(clip_value >= 0))
                    throw new ArgumentOutOfRangeException(nameof(clip_value), clip_value, "clip_grad_value_: the value must be >= 0");
                foreach (Tensor gradient in Gradients(tensors))
                    TensorPrimitives.Clamp(gradient.Floats, -(float)clip_value, (float)clip_value, gradient.Floats);
            }

            /// <summary>The gradients themselves; one that was set by hand and is not contiguous is replaced by a copy that is.</summary>
            private static List<Tensor> Gradients(IEnumerable<Parameter> parameters)
            {
                var gradients = new List<Tensor>();
                foreach (Parameter parameter in parameters)
                {
                    if (parameter.Gradient is Tensor { Contiguous: false } strided)
                    {
                        using Tensor dense = strided.Dense();
                        parameter.grad = dense;
                    }
                    if (parameter.Gradient is Tensor gradient)
                    {
                        gradient.Use("clip_grad").MarkChanged();
                        gradients.Add(gradient);
                    }
                }
                return gradients;
            }

            private static double PowerSum(ReadOnlySpan<float> values, double power)
            {
                double sum = 0;
                foreach (float value in values)
                    sum += power == 2 ? (double)value * value : Math.Pow(Math.Abs(value), power);
                return sum;
            }

            private static double LargestMagnitude(ReadOnlySpan<float> values) => values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));

        }
    }
}
