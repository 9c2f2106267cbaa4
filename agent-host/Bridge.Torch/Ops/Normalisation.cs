using Bridge.Torch.Autograd;
using Bridge.Torch.Kernels;
using Bridge.Torch.Memory;
using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Batch and layer normalisation.</summary>
internal static class Normalisation
{
    /// <summary>
    /// x (N, C) or (N, C, …). In training, or without running statistics, by the batch's mean and variance, and the running ones move towards them by
    /// <paramref name="momentum"/> (the variance without bias); else by the running ones. PyTorch's batch_norm.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes do not fit; one value a channel in training.</exception>
    public static torch.Tensor Batch(torch.Tensor x, torch.Tensor? runningMean, torch.Tensor? runningVar, torch.Tensor? weight, torch.Tensor? bias, bool training, double momentum, double eps)
    {
        const string operation = "batch_norm";
        x.Require(torch.ScalarType.Float32, operation);
        if (x.Rank < 2)
            throw new ArgumentException($"{operation}: {x.Text} is not (batch, channels, …)");
        int batch = (int)x.Sizes[0], channels = (int)x.Sizes[1], inner = batch * channels == 0 ? 0 : x.Count / (batch * channels);
        CheckVector(runningMean, channels, x, "running_mean");
        CheckVector(runningVar, channels, x, "running_var");
        CheckVector(weight, channels, x, "weight");
        CheckVector(bias, channels, x, "bias");
        bool own = training || runningMean is null || runningVar is null;
        long count = (long)batch * inner;
        if (own && count < 2)
            throw new ArgumentException($"{operation}: {x.Text} has {count} values a channel; training needs 2 or more");
        torch.Tensor dense = x.Dense();
        float[] mean = BufferPool.Rent<float>(channels), invStd = BufferPool.Rent<float>(channels);
        if (own)
        {
            BatchNorm.Statistics(batch, channels, inner, dense.Floats, mean, invStd);
            if (training && runningMean is not null)
                Move(runningMean, mean, momentum, 1);
            if (training && runningVar is not null)
                Move(runningVar, invStd, momentum, (double)count / (count - 1));
        }
        else
        {
            runningMean!.Floats.CopyTo(mean);
            runningVar!.Floats.CopyTo(invStd);
        }
        for (int c = 0; c < channels; c++)
            invStd[c] = (float)(1 / Math.Sqrt(invStd[c] + eps));
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        BatchNorm.Forward(batch, channels, inner, dense.Floats, mean, invStd, weight is null ? default : weight.Floats, bias is null ? default : bias.Floats, y.Floats);
        if (Elementwise.Recorded(x, weight ?? x, bias))
        {
            y.SetHistory(new BatchNode(x, weight, bias, dense, batch, channels, inner, own, mean, invStd));
        }
        else
        {
            BufferPool.Return(mean);
            BufferPool.Return(invStd);
        }
        if (!ReferenceEquals(dense, x))
            dense.Dispose();
        return y;
    }

    /// <summary>Over the last dimensions, which are <paramref name="shape"/>; weight and bias have that shape or are none. PyTorch's layer_norm.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static torch.Tensor Layer(torch.Tensor x, long[] shape, torch.Tensor? weight, torch.Tensor? bias, double eps)
    {
        const string operation = "layer_norm";
        x.Require(torch.ScalarType.Float32, operation);
        int inner = Shape.Count(shape, operation);
        if (shape.Length == 0 || shape.Length > x.Rank || !x.Sizes.AsSpan(x.Rank - shape.Length).SequenceEqual(shape))
            throw new ArgumentException($"{operation}: {x.Text} does not end in {Shape.Text(shape)}");
        foreach (torch.Tensor? t in (ReadOnlySpan<torch.Tensor?>)[weight, bias])
            if (t is not null && !Shape.Same(t.Require(torch.ScalarType.Float32, operation).Sizes, shape))
                throw new ArgumentException($"{operation}: a weight or bias {t.Text} for {Shape.Text(shape)}");
        int rows = inner == 0 ? 0 : x.Count / inner;
        torch.Tensor dense = x.Dense();
        float[] mean = BufferPool.Rent<float>(rows), invStd = BufferPool.Rent<float>(rows);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes);
        LayerNorm.Forward(rows, inner, (float)eps, dense.Floats, weight is null ? default : weight.Floats, bias is null ? default : bias.Floats, y.Floats, mean, invStd);
        if (Elementwise.Recorded(x, weight ?? x, bias))
        {
            y.SetHistory(new LayerNode(x, weight, bias, dense, shape, rows, inner, mean, invStd));
        }
        else
        {
            BufferPool.Return(mean);
            BufferPool.Return(invStd);
        }
        if (!ReferenceEquals(dense, x))
            dense.Dispose();
        return y;
    }

    private static void CheckVector(torch.Tensor? t, int channels, torch.Tensor x, string name)
    {
        if (t is not null && (t.Require(torch.ScalarType.Float32, "batch_norm").Rank != 1 || t.Count != channels || !t.Contiguous))
            throw new ArgumentException($"batch_norm: {name} {t.Text} for {x.Text} with {channels} channels");
    }

    private static void Move(torch.Tensor running, ReadOnlySpan<float> value, double momentum, double factor)
    {
        Span<float> to = running.Floats;
        for (int c = 0; c < to.Length; c++)
            to[c] = (float)((1 - momentum) * to[c] + momentum * factor * value[c]);
        running.Use("batch_norm").MarkChanged();
    }

    private sealed class BatchNode(torch.Tensor x, torch.Tensor? weight, torch.Tensor? bias, torch.Tensor dense, int batch, int channels, int inner, bool training, float[] mean, float[] invStd)
        : Node("batch_norm", [x, weight, bias])
    {
        private SavedTensor _x = new(dense, "batch_norm"), _weight = weight is null ? default : new(weight, "batch_norm");
        private readonly bool _weighted = weight is not null;
        private float[] _mean = mean, _invStd = invStd;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), g = gradient.Dense();
            torch.Tensor? weight = _weighted ? _weight.Get(Name) : null, dx = Wants(0) ? torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes) : null;
            torch.Tensor dw = torch.Tensor.Empty(torch.ScalarType.Float32, [channels]), db = torch.Tensor.Empty(torch.ScalarType.Float32, [channels]);
            BatchNorm.Backward(batch, channels, inner, training, x.Floats, g.Floats, _mean, _invStd, weight is null ? default : weight.Floats, dx is null ? default : dx.Floats, dw.Floats, db.Floats);
            if (dx is not null)
                Send(0, dx);
            Send(1, dw);
            Send(2, db);
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
            BufferPool.Return(_mean);
            BufferPool.Return(_invStd);
            _mean = _invStd = [];
        }
    }

    private sealed class LayerNode(torch.Tensor x, torch.Tensor? weight, torch.Tensor? bias, torch.Tensor dense, long[] shape, int rows, int inner, float[] mean, float[] invStd) : Node("layer_norm", [x, weight, bias])
    {
        private SavedTensor _x = new(dense, "layer_norm"), _weight = weight is null ? default : new(weight, "layer_norm");
        private readonly bool _weighted = weight is not null;
        private float[] _mean = mean, _invStd = invStd;

        protected override void Backward(torch.Tensor gradient)
        {
            torch.Tensor x = _x.Get(Name), g = gradient.Dense();
            torch.Tensor? weight = _weighted ? _weight.Get(Name) : null;
            torch.Tensor dx = torch.Tensor.Empty(torch.ScalarType.Float32, x.Sizes), dw = torch.Tensor.Empty(torch.ScalarType.Float32, shape), db = torch.Tensor.Empty(torch.ScalarType.Float32, shape);
            float[] work = BufferPool.Rent<float>(inner);
            LayerNorm.Backward(rows, inner, x.Floats, g.Floats, _mean, _invStd, weight is null ? default : weight.Floats, dx.Floats, dw.Floats, db.Floats, work);
            BufferPool.Return(work);
            Send(0, dx);
            Send(1, dw);
            Send(2, db);
        }

        protected override void ReleaseSaved()
        {
            _x.Release();
            _weight.Release();
            BufferPool.Return(_mean);
            BufferPool.Return(_invStd);
            _mean = _invStd = [];
        }
    }
}
