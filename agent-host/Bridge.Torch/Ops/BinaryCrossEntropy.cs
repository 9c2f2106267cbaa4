using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Cross entropy of probabilities of two classes, from logits or from the probabilities themselves.</summary>
internal static class BinaryCrossEntropy
{
    /// <summary>
    /// w [(1 - t) x + (1 + (p - 1) t) log(1 + exp -x)], with the logarithm in the form that does not overflow. weight w and posWeight p broadcast to x.
    /// </summary>
    public static torch.Tensor WithLogits(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, torch.nn.Reduction reduction, torch.Tensor? posWeight)
    {
        const string operation = "binary_cross_entropy_with_logits";
        Losses.Check(x, target, operation);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor logits = x.detach().Dense(), wanted = target.detach().Dense();
        torch.Tensor? w = Spread(weight, x.Sizes, operation), p = Spread(posWeight, x.Sizes, operation);
        torch.Tensor each = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        ReadOnlySpan<float> from = logits.Floats, to = wanted.Floats;
        Span<float> values = each.Floats;
        for (int i = 0; i < values.Length; i++)
        {
            double z = from[i], softened = NearZero.Log1p(Math.Exp(-Math.Abs(z))) + Math.Max(-z, 0);
            double positive = p is null ? 1 : 1 + (p.Floats[i] - 1) * (double)to[i];
            values[i] = (float)((w is null ? 1 : w.Floats[i]) * ((1 - to[i]) * z + positive * softened));
        }
        torch.Tensor y = scope.MoveToOuter(Losses.Reduce(each, reduction, x.Count));
        return Elementwise.Recorded(x, target) ? y.SetHistory(new LogitsNode(x, target, w, p, reduction)) : y;
    }

    /// <summary>-w [t log x + (1 - t) log(1 - x)], the logarithms held at -100 as in PyTorch.</summary>
    public static torch.Tensor Of(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, torch.nn.Reduction reduction)
    {
        const string operation = "binary_cross_entropy";
        Losses.Check(x, target, operation);
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor? w = Spread(weight, x.Sizes, operation);
        torch.Tensor each = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        ReadOnlySpan<float> from = x.detach().Dense().Floats, to = target.detach().Dense().Floats;
        Span<float> values = each.Floats;
        for (int i = 0; i < values.Length; i++)
        {
            if (from[i] is not (>= 0 and <= 1))
                throw new ArgumentException($"{operation}: the input {x.Text} holds {from[i]}, not a probability; use {operation}_with_logits");
            double loss = -(to[i] * Math.Max(Math.Log(from[i]), -100) + (1 - to[i]) * Math.Max(NearZero.Log1p(-from[i]), -100));
            values[i] = (float)(w is null ? loss : loss * w.Floats[i]);
        }
        torch.Tensor y = scope.MoveToOuter(Losses.Reduce(each, reduction, x.Count));
        if (Elementwise.Recorded(target))
            throw new NotSupportedException($"{operation}: the gradient of the target is not here; detach it");
        return Elementwise.Recorded(x) ? y.SetHistory(new ProbabilityNode(x, target, w, reduction)) : y;
    }

    /// <summary>The weight in the shape of the input.</summary>
    private static torch.Tensor? Spread(torch.Tensor? weight, long[] sizes, string operation)
    {
        if (weight is null)
            return null;
        weight.Require(torch.ScalarType.Float32, operation);
        if (!Shape.Same(Shape.Broadcast(weight.Sizes, sizes, operation), sizes))
            throw new ArgumentException($"{operation}: the weight {weight.Text} does not broadcast to {Shape.Text(sizes)}");
        return Copying.Contiguous(Views.Expand(weight.detach(), sizes));
    }

    /// <summary>The gradient of each loss from that of the reduced one.</summary>
    private static float Share(torch.Tensor gradient, torch.nn.Reduction reduction, int i, int count) => reduction switch
    {
        torch.nn.Reduction.None => gradient.Floats[i],
        torch.nn.Reduction.Mean => gradient.Floats[0] / count,
        _ => gradient.Floats[0],
    };

    private sealed class LogitsNode(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, torch.Tensor? posWeight, torch.nn.Reduction reduction)
        : Node("binary_cross_entropy_with_logits", x, target)
    {
        private SavedTensor _x = new(x, "binary_cross_entropy_with_logits"), _target = new(target, "binary_cross_entropy_with_logits");
        private SavedTensor _weight = weight is null ? default : new(weight, "weight"), _posWeight = posWeight is null ? default : new(posWeight, "pos_weight");
        private readonly bool _weighted = weight is not null, _positive = posWeight is not null;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name).Dense(), target = _target.Get(Name).Dense(), g = gradient.Dense();
            torch.Tensor? w = _weighted ? _weight.Get(Name) : null, p = _positive ? _posWeight.Get(Name) : null;
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes), dt = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
            ReadOnlySpan<float> from = x.Floats, to = target.Floats;
            Span<float> slope = dx.Floats, slopeOfTarget = dt.Floats;
            for (int i = 0; i < slope.Length; i++)
            {
                double z = from[i], scale = Share(g, reduction, i, x.Count) * (w is null ? 1.0 : w.Floats[i]);
                double over = 1 / (1 + Math.Exp(z)), extra = p is null ? 0 : p.Floats[i] - 1.0; // over = 1 - sigmoid
                slope[i] = (float)(scale * (1 - to[i] - (1 + extra * to[i]) * over));
                slopeOfTarget[i] = (float)(scale * (-z + extra * (NearZero.Log1p(Math.Exp(-Math.Abs(z))) + Math.Max(-z, 0))));
            }
            Send(0, dx);
            if (Wants(1))
                Send(1, dt);
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _target.Release();
            _weight.Release();
            _posWeight.Release();
        }
    }

    private sealed class ProbabilityNode(torch.Tensor x, torch.Tensor target, torch.Tensor? weight, torch.nn.Reduction reduction) : Node("binary_cross_entropy", x)
    {
        private SavedTensor _x = new(x, "binary_cross_entropy"), _target = new(target, "binary_cross_entropy");
        private SavedTensor _weight = weight is null ? default : new(weight, "weight");
        private readonly bool _weighted = weight is not null;

        /// <summary>dx = w (x - t) / max(x (1 - x), 1e-12).</summary>
        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name).Dense(), target = _target.Get(Name).Dense(), g = gradient.Dense();
            torch.Tensor? w = _weighted ? _weight.Get(Name) : null;
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
            ReadOnlySpan<float> from = x.Floats, to = target.Floats;
            Span<float> slope = dx.Floats;
            for (int i = 0; i < slope.Length; i++)
            {
                double p = from[i], scale = Share(g, reduction, i, x.Count) * (w is null ? 1.0 : w.Floats[i]);
                slope[i] = (float)(scale * (p - to[i]) / Math.Max(p * (1 - p), 1e-12));
            }
            Send(0, dx);
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _target.Release();
            _weight.Release();
        }
    }
}
