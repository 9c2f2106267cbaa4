using TorchSharp;
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
}
