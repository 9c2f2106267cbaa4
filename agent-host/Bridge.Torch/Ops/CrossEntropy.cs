using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>
/// Cross entropy over classes. Inputs are (C), (N, C) or (N, C, d…); targets are class numbers of that shape without C, or probabilities of the same shape.
/// </summary>
internal static class CrossEntropy
{
    /// <summary>-Σ log softmax(x)[target], with the classes weighted and the targets smoothed towards evenness (Szegedy et al. 2016, section 7).</summary>
    public static torch.Tensor Of(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, long ignoreIndex, torch.nn.Reduction reduction, double smoothing)
    {
        const string operation = "cross_entropy";
        if (!(smoothing is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), $"{operation}: label_smoothing {smoothing} is outside 0 to 1");
        x.Require(torch.ScalarType.Float32, operation);
        if (target.Use(operation).Type == torch.ScalarType.Float32)
            return OfProbabilities(x, target, weight, reduction, smoothing);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor logs = Softmaxes.LogSoftmax(x, ClassDim(x, operation));
        return scope.MoveToOuter(Nll(logs, target, weight, ignoreIndex, reduction, (float)smoothing, operation));
    }

    /// <summary>-Σ x[target] for log probabilities x.</summary>
    public static torch.Tensor Nll(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, long ignoreIndex, torch.nn.Reduction reduction, float smoothing = 0, string operation = "nll_loss")
    {
        x.Require(torch.ScalarType.Float32, operation);
        target.Require(torch.ScalarType.Int64, operation);
        weight?.Require(torch.ScalarType.Float32, operation);
        int d = ClassDim(x, operation);
        (int outer, int classes, int inner) = Shape.Split(x.Sizes, d);
        long[] wanted = [.. x.Sizes.AsSpan(0, d), .. x.Sizes.AsSpan(d + 1)];
        if (!Shape.Same(target.Sizes, wanted))
            throw new ArgumentException($"{operation}: the input is {x.Text}, so class numbers must be {Shape.Text(wanted)}, not {target.Text}");
        if (weight is not null && (weight.Rank != 1 || weight.Sizes[0] != classes))
            throw new ArgumentException($"{operation}: the weight {weight.Text} is not one number for each of {classes} classes");
        using torch.Tensor? dense = x.Contiguous ? null : Copying.Contiguous(x), denseTarget = target.Contiguous ? null : Copying.Contiguous(target), denseWeight = weight is null || weight.Contiguous ? null : Copying.Contiguous(weight);
        ReadOnlySpan<float> logs = (dense ?? x).Floats, w = weight is null ? default : (denseWeight ?? weight).Floats;
        ReadOnlySpan<long> labels = (denseTarget ?? target).Longs;
        torch.Tensor each = torch.Tensor.Empty(torch.ScalarType.Float32, wanted);
        Span<float> losses = each.Floats;
        double count = 0;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int at = o * inner + i;
                long label = labels[at];
                losses[at] = 0;
                if (label == ignoreIndex)
                    continue;
                if ((ulong)label >= (ulong)classes)
                    throw new ArgumentOutOfRangeException(nameof(target), $"{operation}: class {label} is outside 0 to {classes - 1}");
                float own = w.Length == 0 ? 1 : w[(int)label];
                count += own;
                losses[at] = -(1 - smoothing) * own * logs[(o * classes + (int)label) * inner + i];
                if (smoothing == 0)
                    continue;
                double sum = 0;
                for (int c = 0; c < classes; c++)
                    sum -= (w.Length == 0 ? 1 : w[c]) * logs[(o * classes + c) * inner + i];
                losses[at] += (float)(smoothing / classes * sum);
            }
        torch.Tensor y = Losses.Reduce(each, reduction, count);
        return Elementwise.Recorded(x) ? y.SetHistory(new NllNode(operation, x, target, weight, ignoreIndex, reduction, smoothing, (float)count)) : y;
    }

    /// <summary>-Σ weight · target · log softmax(x), the mean over the samples.</summary>
    private static torch.Tensor OfProbabilities(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, torch.nn.Reduction reduction, double smoothing)
    {
        const string operation = "cross_entropy";
        Losses.Check(x, target, operation);
        using DisposeScope scope = torch.NewDisposeScope();
        int d = ClassDim(x, operation);
        int classes = (int)x.Sizes[d];
        torch.Tensor wanted = smoothing == 0 ? target : Arithmetic.Add(Arithmetic.Mul(target, 1 - smoothing), smoothing / classes, 1, operation);
        torch.Tensor product = Arithmetic.Mul(Softmaxes.LogSoftmax(x, d), wanted);
        if (weight is not null)
        {
            var sizes = new long[x.Rank - d];
            Array.Fill(sizes, 1);
            sizes[0] = -1;
            product = Arithmetic.Mul(product, Views.Reshape(weight, sizes));
        }
        torch.Tensor each = Reductions.Sum(Arithmetic.Mul(product, -1f), [d], false, operation);
        return scope.MoveToOuter(reduction switch
        {
            torch.nn.Reduction.None => each,
            torch.nn.Reduction.Sum => Reductions.Sum(each, [], false),
            _ => Reductions.Mean(each, [], false),
        });
    }

    private static int ClassDim(torch.Tensor x, string operation) => x.Rank == 0 ? throw new ArgumentException($"{operation}: a scalar has no classes") : x.Rank == 1 ? 0 : 1;

    private sealed class NllNode(string name, torch.Tensor x, torch.Tensor target, torch.Tensor? weight, long ignoreIndex, torch.nn.Reduction reduction, float smoothing, float count)
        : Node(name, x)
    {
        private readonly long[] _sizes = x.Sizes;
        private SavedTensor _target = new(target, name), _weight = weight is null ? default : new(weight, name);
        private readonly bool _weighted = weight is not null;

        protected override void Backward(torch.Tensor gradient)
        {
            (int outer, int classes, int inner) = Shape.Split(_sizes, _sizes.Length == 1 ? 0 : 1);
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, _sizes), g = gradient.Dense();
            ReadOnlySpan<long> labels = _target.Get(Name).Dense().Longs;
            ReadOnlySpan<float> w = _weighted ? _weight.Get(Name).Dense().Floats : default, from = g.Floats;
            Span<float> to = dx.Floats;
            to.Clear();
            for (int o = 0; o < outer; o++)
                for (int i = 0; i < inner; i++)
                {
                    long label = labels[o * inner + i];
                    if (label == ignoreIndex)
                        continue;
                    float share = reduction switch
                    {
                        torch.nn.Reduction.None => from[o * inner + i],
                        torch.nn.Reduction.Mean => from[0] / count,
                        _ => from[0],
                    };
                    to[(o * classes + (int)label) * inner + i] = -share * (1 - smoothing) * (w.Length == 0 ? 1 : w[(int)label]);
                    for (int c = 0; smoothing != 0 && c < classes; c++)
                        to[(o * classes + c) * inner + i] -= share * smoothing / classes * (w.Length == 0 ? 1 : w[c]);
                }
            Send(0, dx);
        }

        protected override void ReleaseSaved()
        {
            _target.Release();
            _weight.Release();
        }
    }
}
