using Bridge.Torch.Ops;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of a loss for each sample.</summary>
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        /// <summary>Layers and losses as functions.</summary>
        public static partial class functional
        {
            /// <summary>input (…, in) · weightsᵀ (out, in) + bias (out).</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => MatrixProducts.Linear(input, weights, bias);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => Done(input, input.leaky_relu(negative_slope), inplace, "leaky_relu_");
            public static Tensor elu(Tensor x, double alpha = 1, bool inplace = false) => Done(x, x.elu(alpha), inplace, "elu_");
            public static Tensor silu(Tensor x, bool inplace = false) => Done(x, x.silu(), inplace, "silu_");
            public static Tensor gelu(Tensor x) => x.gelu();
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? x.tanh_() : x.tanh();
            public static Tensor sigmoid(Tensor x, bool inplace = false) => inplace ? x.sigmoid_() : x.sigmoid();
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            /// <summary>log(1 / (1 + exp -x)), without overflow.</summary>
            public static Tensor logsigmoid(Tensor x)
            {
                using Tensor negated = x.neg();
                using Tensor soft = negated.softplus();
                return soft.neg();
            }

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => Done(input, Bridge.Torch.Ops.Dropout.Apply(input, p, training), inplace, "dropout_");

            /// <summary>input / max(its length along dim, eps).</summary>
            public static Tensor normalize(Tensor input, float p = 2, long dim = 1, float eps = 1e-12f)
            {
                using DisposeScope scope = NewDisposeScope();
                return scope.MoveToOuter(input.div(Norms.Norm(input, [dim], true, p).clamp_min(eps)));
            }

            /// <summary>Class numbers as rows of one 1 and else 0, Int64; as many classes as the largest needs where num_classes is -1.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1)
            {
                x.Require(ScalarType.Int64, "one_hot");
                using Tensor dense = x.contiguous();
                long most = -1;
                foreach (long label in dense.Longs)
                {
                    if (label < 0 || (num_classes >= 0 && label >= num_classes))
                        throw new ArgumentOutOfRangeException(nameof(x), $"one_hot: {x.Text} holds class {label}, outside 0 to {num_classes - 1}");
                    most = Math.Max(most, label);
                }
                long classes = num_classes < 0 ? most + 1 : num_classes;
                if (classes < 1)
                    throw new ArgumentException($"one_hot: {x.Text} is empty: say num_classes");
                Tensor y = zeros([.. x.Sizes, classes], ScalarType.Int64);
                for (int i = 0; i < dense.Count; i++)
                    y.Longs[(int)(i * classes + dense.Longs[i])] = 1;
                return y;
            }

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Losses.Apply(input, target, reduction, new SquaredLoss());
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => Losses.Apply(input, target, reduction, new AbsoluteLoss());

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) => beta switch
            {
                0 => l1_loss(input, target, reduction),
                > 0 => Losses.Apply(input, target, reduction, new SmoothLoss("smooth_l1_loss", (float)beta, 1)),
                _ => throw new ArgumentOutOfRangeException(nameof(beta), $"smooth_l1_loss: beta is {beta}, not at least 0"),
            };

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) => delta > 0
                ? Losses.Apply(input, target, reduction, new SmoothLoss("huber_loss", (float)delta, (float)delta))
                : throw new ArgumentOutOfRangeException(nameof(delta), $"huber_loss: delta is {delta}, not over 0");

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                BinaryCrossEntropy.Of(input, target, weight, reduction);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                BinaryCrossEntropy.WithLogits(input, target, weight, reduction, pos_weights);

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                CrossEntropy.Of(input, target, weight, ignore_index, reduction, label_smoothing);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean) =>
                CrossEntropy.Nll(input, target, weight, ignore_index, reduction);

            private static Tensor Done(Tensor x, Tensor result, bool inplace, string operation) => inplace ? InPlace.Assign(x, result, operation) : result;
        }
    }
}
