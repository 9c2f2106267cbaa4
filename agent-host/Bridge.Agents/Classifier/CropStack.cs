using Bridge.Agents.Classifier.Crops;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier;

/// <summary>Square pictures of one size.</summary>
/// <param name="Size">Pixels along a side, s.</param>
/// <param name="Pixels">(pictures, s, s), row by row.</param>
public sealed record CropStack(int Size, float[] Pixels)
{
    public int Count => Pixels.Length / (Size * Size);

    public Span<float> this[int picture] => Pixels.AsSpan(picture * Size * Size, Size * Size);

    /// <summary>True where a hole's picture is there; the others are all NaN.</summary>
    public bool IsThere(int picture) => float.IsFinite(this[picture][0]);

    /// <summary>Some of them as (pictures, 1, s, s).</summary>
    public Tensor Batch(ReadOnlySpan<int> pictures)
    {
        float[] values = new float[pictures.Length * Size * Size];
        for (int i = 0; i < pictures.Length; i++)
            this[pictures[i]].CopyTo(values.AsSpan(i * Size * Size, Size * Size));
        return tensor(values, [pictures.Length, 1, Size, Size]);
    }

    /// <summary>True where a picture shows anything: at least two values among those that are numbers.</summary>
    public bool HasContrast(int picture)
    {
        float first = float.NaN;
        foreach (float value in this[picture])
        {
            if (float.IsNaN(first))
                first = value;
            else if (float.IsFinite(value) && value != first)
                return true;
        }
        return false;
    }

    /// <summary>The same pictures with another number of pixels.</summary>
    /// <param name="size">Pixels along a side, from 1.</param>
    public CropStack Resized(int size)
    {
        if (size == Size)
            return this;
        float[] pixels = new float[Count * size * size];
        for (int i = 0; i < Count; i++)
            Cropping.Cut(this[i], Size, Size, new CropFrame(Size / 2.0, Size / 2.0, (double)Size / size, 0), pixels.AsSpan(i * size * size, size * size), size);
        return new CropStack(size, pixels);
    }
}
