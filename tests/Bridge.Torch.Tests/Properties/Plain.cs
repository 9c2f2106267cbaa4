using TorchSharp;

namespace Bridge.Torch.Tests.Properties;

/// <summary>The judge: a tensor as a shape and a function from places to values, without strides, views or speed.</summary>
internal sealed class Plain(long[] shape, Func<long[], double> at)
{
    public long[] Shape { get; } = shape;

    public double At(long[] place) => at(place);

    /// <summary>A tensor with other values at every place, and its judge.</summary>
    public static (torch.Tensor Tensor, Plain Judge) Draw(long[] shape, System.Random random)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)Math.Round(random.NextDouble() * 20 - 10, 2);
        return (torch.tensor(values, shape), new Plain(shape, place => values[Flat(place, shape)]));
    }

    /// <summary>A shape of up to four dimensions of up to four elements; some are 1 or 0.</summary>
    public static long[] DrawShape(System.Random random, int most = 4) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(12) == 0 ? 0L : random.Next(1, 5))];

    public IEnumerable<long[]> Places()
    {
        if (Shape.Contains(0))
            yield break;
        long[] place = new long[Shape.Length];
        while (true)
        {
            yield return (long[])place.Clone();
            int d = Shape.Length - 1;
            while (d >= 0 && ++place[d] == Shape[d])
                place[d--] = 0;
            if (d < 0)
                yield break;
        }
    }

    public bool Same(torch.Tensor tensor)
        => tensor.shape.AsSpan().SequenceEqual(Shape) && Golden.GoldenTensor.Numbers(tensor).SequenceEqual(Places().Select(place => (double)(float)At(place)));

    private static long Flat(long[] place, long[] shape)
    {
        long flat = 0;
        for (int d = 0; d < shape.Length; d++)
            flat = flat * shape[d] + place[d];
        return flat;
    }
}
