using Bridge.Agents.Classifier.Networks;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.Training;

/// <summary>Makes batches of labelled crops; one array serves all.</summary>
internal sealed class LabelledBatch(HoleSet set, int size, bool augment)
{
    private readonly float[] _crops = new float[size * set.CropSize * set.CropSize], _values = new float[size];
    private readonly long[] _labels = new long[size];

    /// <param name="holes">As many as the batch's size.</param>
    /// <returns>(size, 1, s, s); 1 for good and 0 for bad, (size); what the regression should say, (size).</returns>
    public (Tensor Crops, Tensor Labels, Tensor Values) Make(ReadOnlySpan<int> holes, Random random)
    {
        int side = set.CropSize, pixels = side * side;
        for (int i = 0; i < size; i++)
        {
            Span<float> to = _crops.AsSpan(i * pixels, pixels);
            if (augment)
                WeakAugmentation.Apply(set.CropOf(holes[i]), to, side, random);
            else
                set.CropOf(holes[i]).CopyTo(to);
            _labels[i] = set.IsGood(holes[i]) ? 1 : 0;
            _values[i] = HoleOutput.FromA(set.CtfA[holes[i]]);
        }
        return (tensor(_crops, [size, 1, side, side]), tensor(_labels), tensor(_values));
    }
}
