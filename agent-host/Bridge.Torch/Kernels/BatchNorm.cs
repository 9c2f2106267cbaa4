using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>
/// Batch normalisation, Ioffe and Szegedy 2015, over contiguous x (Batch, Channels, Inner): y = (x - mean(c)) / sqrt(var(c) + eps) weight(c) + bias(c). Channels are
/// independent of each other and shared out over threads. An empty weight stands for ones, an empty bias for zeros.
/// </summary>
internal static unsafe class BatchNorm
{
    /// <summary>Mean and population variance of each channel.</summary>
    public static void Statistics(int batch, int channels, int inner, ReadOnlySpan<float> x, Span<float> mean, Span<float> variance)
    {
        fixed (float* px = x, pm = mean, pv = variance)
            Workers.For(channels, new StatisticsWork { Batch = batch, Channels = channels, Inner = inner, X = px, Mean = pm, Variance = pv }, 2L * batch * channels * inner);
    }

    /// <summary>y from x and each channel's mean and 1 / sqrt(var + eps).</summary>
    public static void Forward(int batch, int channels, int inner, ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> invStd, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y)
    {
        fixed (float* px = x, pm = mean, ps = invStd, pw = weight, pb = bias, py = y)
            Workers.For(channels, new ForwardWork { Batch = batch, Channels = channels, Inner = inner, X = px, Mean = pm, InvStd = ps, Weight = pw, Bias = pb, Y = py }, (long)batch * channels * inner);
    }

    /// <summary>
    /// The gradients: dw(c) = sum dy xhat, db(c) = sum dy, and in training, where mean and variance are the batch's own,
    /// dx = weight / std (dy - mean(dy) - xhat mean(dy xhat)), else dx = weight / std dy. An empty dx is not computed.
    /// </summary>
    public static void Backward(int batch, int channels, int inner, bool training, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> mean, ReadOnlySpan<float> invStd, ReadOnlySpan<float> weight,
        Span<float> dx, Span<float> dw, Span<float> db)
    {
        fixed (float* px = x, pg = dy, pm = mean, ps = invStd, pw = weight, pdx = dx, pdw = dw, pdb = db)
            Workers.For(channels, new BackwardWork { Batch = batch, Channels = channels, Inner = inner, Training = training, X = px, Dy = pg, Mean = pm, InvStd = ps, Weight = pw, Dx = pdx, Dw = pdw, Db = pdb },
                3L * batch * channels * inner);
    }

    private struct StatisticsWork : IBlockWork
    {
        public int Batch, Channels, Inner;
        public float* X, Mean, Variance;

        public readonly void Run(int c)
        {
            double sum = 0, squares = 0, count = (double)Batch * Inner;
            for (int n = 0; n < Batch; n++)
                sum += Inner == 1 ? X[(nint)n * Channels + c] : TensorPrimitives.Sum(new ReadOnlySpan<float>(X + ((nint)n * Channels + c) * Inner, Inner));
            float mean = (float)(sum / count);
            for (int n = 0; n < Batch; n++)
                squares += Moments.SquaredDeviations(new ReadOnlySpan<float>(X + ((nint)n * Channels + c) * Inner, Inner), mean);
            Mean[c] = mean;
            Variance[c] = (float)(squares / count);
        }
    }

    private struct ForwardWork : IBlockWork
    {
        public int Batch, Channels, Inner;
        public float* X, Mean, InvStd, Weight, Bias, Y;

        public readonly void Run(int c)
        {
            float scale = InvStd[c] * (Weight == null ? 1 : Weight[c]), shift = (Bias == null ? 0 : Bias[c]) - Mean[c] * scale;
            for (int n = 0; n < Batch; n++)
            {
                nint at = ((nint)n * Channels + c) * Inner;
                Moments.Affine(new ReadOnlySpan<float>(X + at, Inner), scale, shift, new Span<float>(Y + at, Inner));
            }
        }
    }

    private struct BackwardWork : IBlockWork
    {
        public int Batch, Channels, Inner;
        public bool Training;
        public float* X, Dy, Mean, InvStd, Weight, Dx, Dw, Db;

        public readonly void Run(int c)
        {
            double sum = 0, dot = 0, count = (double)Batch * Inner;
            for (int n = 0; n < Batch; n++)
            {
                nint at = ((nint)n * Channels + c) * Inner;
                var g = new ReadOnlySpan<float>(Dy + at, Inner);
                sum += Inner == 1 ? g[0] : TensorPrimitives.Sum(g);
                dot += Moments.DotDeviations(g, new ReadOnlySpan<float>(X + at, Inner), Mean[c]);
            }
            float invStd = InvStd[c], p = invStd * (Weight == null ? 1 : Weight[c]);
            Dw[c] = (float)(dot * invStd);
            Db[c] = (float)sum;
            if (Dx == null)
                return;
            // dx = p dy + q x + r, the means drawn into q and r.
            float q = Training ? (float)(-p * invStd * invStd * dot / count) : 0, r = Training ? (float)(-p * sum / count) - q * Mean[c] : 0;
            for (int n = 0; n < Batch; n++)
            {
                nint at = ((nint)n * Channels + c) * Inner;
                Moments.Combine(new ReadOnlySpan<float>(Dy + at, Inner), p, new ReadOnlySpan<float>(X + at, Inner), q, r, new Span<float>(Dx + at, Inner));
            }
        }
    }
}
