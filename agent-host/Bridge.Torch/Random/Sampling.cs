using Bridge.Torch.Ops;
using TorchSharp;

namespace Bridge.Torch.Random;

/// <summary>Fills tensors with random numbers.</summary>
internal static class Sampling
{
    /// <summary>Evenly from [from, to).</summary>
    public static torch.Tensor Uniform(torch.Tensor x, double from, double to, torch.Generator? generator)
    {
        if (!(from <= to) || !double.IsFinite(to - from))
            throw new ArgumentException($"uniform_: {from} to {to} is no range");
        float low = (float)from, width = (float)(to - from), high = (float)to;
        Source(generator).Draw(x.Require(torch.ScalarType.Float32, "uniform_").Floats, (ref Xoshiro random, Span<float> data) =>
        {
            for (int i = 0; i < data.Length; i++)
            {
                float value = low + width * random.NextFloat();
                data[i] = value < high ? value : low; // rounding must not reach the end
            }
        });
        return x;
    }

    public static torch.Tensor Normal(torch.Tensor x, double mean, double std, torch.Generator? generator)
    {
        if (!(std >= 0))
            throw new ArgumentOutOfRangeException(nameof(std), $"normal_: the standard deviation is {std}, not at least 0");
        Source(generator).Draw(x.Require(torch.ScalarType.Float32, "normal_").Floats, (ref Xoshiro random, Span<float> data) =>
        {
            for (int i = 0; i < data.Length; i += 2)
            {
                (double a, double b) = random.NextNormals();
                data[i] = (float)(mean + std * a);
                if (i + 1 < data.Length)
                    data[i + 1] = (float)(mean + std * b);
            }
        });
        return x;
    }

    /// <summary>Whole numbers from low to high - 1.</summary>
    public static torch.Tensor Whole(torch.Tensor x, long low, long high, torch.Generator? generator)
    {
        if (low >= high)
            throw new ArgumentException($"randint: from {low} to {high} there is no whole number");
        ulong range = (ulong)high - (ulong)low;
        if (x.dtype == torch.ScalarType.Int64)
            Source(generator).Draw(x.Longs, (ref Xoshiro random, Span<long> data) =>
            {
                foreach (ref long value in data)
                    value = (long)((ulong)low + random.NextBelow(range));
            });
        else
            Source(generator).Draw(x.Require(torch.ScalarType.Float32, "randint").Floats, (ref Xoshiro random, Span<float> data) =>
            {
                foreach (ref float value in data)
                    value = (long)((ulong)low + random.NextBelow(range));
            });
        return x;
    }

    /// <summary>0 to n - 1 in random order (Fisher and Yates).</summary>
    public static torch.Tensor Permutation(long n, torch.Generator? generator)
    {
        torch.Tensor x = torch.Tensor.Empty(torch.ScalarType.Int64, [n], "randperm");
        Source(generator).Draw(x.Longs, static (ref Xoshiro random, Span<long> data) =>
        {
            for (int i = 0; i < data.Length; i++)
            {
                int j = (int)random.NextBelow((ulong)i + 1);
                data[i] = data[j];
                data[j] = i;
            }
        });
        return x;
    }

    /// <summary>1 with the probability p, else 0, in the type of x.</summary>
    public static torch.Tensor Bernoulli(torch.Tensor x, double p, torch.Generator? generator)
    {
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), $"bernoulli_: {p} is no probability");
        Source(generator).Draw(x.Require(torch.ScalarType.Float32, "bernoulli_").Floats, (ref Xoshiro random, Span<float> data) =>
        {
            foreach (ref float value in data)
                value = random.NextDouble() < p ? 1 : 0;
        });
        return x;
    }

    /// <summary>1 with the probability at that place, else 0.</summary>
    public static torch.Tensor Bernoulli(torch.Tensor probabilities, torch.Generator? generator)
    {
        torch.Tensor y = Copying.Contiguous(probabilities.Require(torch.ScalarType.Float32, "bernoulli"));
        foreach (float p in y.Floats)
            if (!(p is >= 0 and <= 1))
                throw new ArgumentException($"bernoulli: {probabilities.Text} holds {p}, not a probability");
        Source(generator).Draw(y.Floats, static (ref Xoshiro random, Span<float> data) =>
        {
            foreach (ref float value in data)
                value = random.NextDouble() < value ? 1 : 0;
        });
        return y;
    }

    /// <summary>Places drawn in proportion to the weights of each row, (n) or (rows, n).</summary>
    public static torch.Tensor Multinomial(torch.Tensor weights, long count, bool replacement, torch.Generator? generator)
    {
        weights.Require(torch.ScalarType.Float32, "multinomial");
        if (weights.Rank is not (1 or 2))
            throw new ArgumentException($"multinomial: {weights.Text} is neither a vector nor a matrix");
        int n = (int)weights.Sizes[^1], rows = weights.Rank == 1 ? 1 : (int)weights.Sizes[0];
        if (count < 1 || (!replacement && count > n))
            throw new ArgumentOutOfRangeException(nameof(count), $"multinomial: {count} draws from {n} weights");
        using torch.Tensor copy = Copying.Contiguous(weights);
        torch.Tensor y = torch.Tensor.Empty(torch.ScalarType.Int64, weights.Rank == 1 ? [count] : [rows, count], "multinomial");
        var sums = new double[n];
        for (int r = 0; r < rows; r++)
        {
            Span<float> row = copy.Floats.Slice(r * n, n);
            int possible = 0;
            foreach (float weight in row)
            {
                if (!(weight >= 0) || float.IsInfinity(weight))
                    throw new ArgumentException($"multinomial: {weights.Text} holds the weight {weight}: weights are finite and at least 0");
                possible += weight > 0 ? 1 : 0;
            }
            if (possible == 0 || (!replacement && possible < count))
                throw new ArgumentException($"multinomial: {possible} weights of {weights.Text} are over 0, for {count} draws");
            Source(generator).Draw(new Row(row, y.Longs.Slice(r * (int)count, (int)count), sums, replacement), static (ref Xoshiro random, Row state) => state.Draw(ref random));
        }
        return y;
    }

    private static torch.Generator Source(torch.Generator? generator) => generator ?? torch.Generator.Default;

    private readonly ref struct Row(Span<float> weights, Span<long> drawn, double[] sums, bool replacement)
    {
        private readonly Span<float> _weights = weights;
        private readonly Span<long> _drawn = drawn;

        public void Draw(ref Xoshiro random)
        {
            Add();
            for (int i = 0; i < _drawn.Length; i++)
            {
                int at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
                at = at < 0 ? ~at : at + 1; // the first sum over the number
                while (_weights[Math.Min(at, sums.Length - 1)] == 0 || at >= sums.Length)
                    at = at >= sums.Length ? sums.Length - 1 : at == 0 ? sums.Length - 1 : at - 1;
                _drawn[i] = at;
                if (replacement)
                    continue;
                _weights[at] = 0;
                Add();
            }
        }

        private void Add()
        {
            double sum = 0;
            for (int i = 0; i < sums.Length; i++)
                sums[i] = sum += _weights[i];
        }
    }
}
