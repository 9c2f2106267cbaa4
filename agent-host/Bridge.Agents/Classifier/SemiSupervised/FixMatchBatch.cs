using Bridge.Agents.Classifier.SemiSupervised.Augmentation;
using Bridge.Agents.Classifier.Training;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>The crops of one step: labelled and unlabelled ones, augmented. Its arrays serve all steps.</summary>
internal sealed class FixMatchBatch
{
    private readonly HoleSet _holes;
    private readonly StrongAugmentation _strong;
    private readonly int _pixels;
    private readonly float[] _labelled, _weakly;
    private readonly long[] _classes;
    private readonly int[] _unlabelled;

    /// <param name="unlabelled">Unlabelled crops a step, 0 or more.</param>
    public FixMatchBatch(HoleSet holes, FixMatchSettings settings, int unlabelled)
    {
        _holes = holes;
        _pixels = holes.CropSize * holes.CropSize;
        _strong = new StrongAugmentation(holes.CropSize, settings.Strength, settings.GreyStrength);
        (_labelled, _classes) = (new float[settings.Batch * _pixels], new long[settings.Batch]);
        (_weakly, _unlabelled) = (new float[unlabelled * _pixels], new int[unlabelled]);
    }

    /// <summary>U: unlabelled crops a step.</summary>
    public int Unlabelled => _unlabelled.Length;

    /// <summary>The unlabelled hole of a row, 0 to U - 1.</summary>
    public int UnlabelledHole(long row) => _unlabelled[row];

    /// <summary>Draws the next step's holes, with replacement, and augments them weakly.</summary>
    public void Draw(LabelledPool labelled, IReadOnlyList<int> unlabelled, Random random)
    {
        for (int i = 0; i < _classes.Length; i++)
        {
            (int hole, bool good) = labelled.Draw(random);
            _classes[i] = good ? 1 : 0;
            WeakAugmentation.Apply(_holes.CropOf(hole), _labelled.AsSpan(i * _pixels, _pixels), _holes.CropSize, random);
        }
        for (int i = 0; i < _unlabelled.Length; i++)
        {
            _unlabelled[i] = unlabelled[random.Next(unlabelled.Count)];
            WeakAugmentation.Apply(_holes.CropOf(_unlabelled[i]), _weakly.AsSpan(i * _pixels, _pixels), _holes.CropSize, random);
        }
    }

    /// <summary>x_w: (U, 1, s, s).</summary>
    public Tensor Weak() => tensor(_weakly, [_unlabelled.Length, 1, _holes.CropSize, _holes.CropSize]);

    /// <summary>The labelled crops, then x_s of these unlabelled rows, drawn now: (B + C, 1, s, s).</summary>
    public Tensor Learned(ReadOnlySpan<long> rows, Random random)
    {
        float[] crops = new float[_labelled.Length + rows.Length * _pixels];
        _labelled.CopyTo(crops, 0);
        for (int i = 0; i < rows.Length; i++)
            _strong.Apply(_holes.CropOf(_unlabelled[rows[i]]), crops.AsSpan(_labelled.Length + i * _pixels, _pixels), random);
        return tensor(crops, [_classes.Length + rows.Length, 1, _holes.CropSize, _holes.CropSize]);
    }

    /// <summary>The labels, then what the unlabelled rows are taken for: (B + C).</summary>
    public Tensor Classes(long[] confident) => tensor((long[])[.. _classes, .. confident]);
}
