namespace Bridge.Agents.AdaptiveScan.Images;

/// <summary>
/// An image to scan and what its completion should be (Ede 2021, section 2.1): the image blurred by a 5 x 5 Gaussian of 2.5 px and scaled so that
/// its smallest value is -1 and its largest 1. Values are read from the image itself, with its noise and in its own unit: any linear change of the
/// values (gain, offset, number of bits) leaves the target and all figures as they are.
/// </summary>
public sealed class ScanImage
{
    /// <param name="values">(height, width), row-major, any unit, all finite.</param>
    /// <param name="group">Where it comes from: images of one group are never both in training and test.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a value is no number.</exception>
    public ScanImage(float[] values, int width, int height, string group = "")
    {
        if (width < 1 || height < 1 || values.Length != (long)width * height)
            throw new ArgumentException($"{values.Length} values are no image of {width} x {height}");
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        if (wrong >= 0)
            throw new ArgumentException($"pixel ({wrong % width}, {wrong / width}) is {values[wrong]}, not a number: replace it before scanning");
        (Values, Width, Height, Group) = (values, width, height, group);
        Target = GaussianBlur.Blur(values, width, height);
        float least = Target.Min(), most = Target.Max();
        Offset = least / 2 + most / 2;
        // A constant image has no range: one of 1, so that its target is 0 and an error counts in its own unit.
        HalfRange = most > least ? (most / 2 - least / 2) : 1;
        for (int i = 0; i < Target.Length; i++)
            Target[i] = (Target[i] - Offset) / HalfRange;
        IsInPart = StructureMeasure.IsInPart(Target, width, height);
    }

    /// <summary>(height, width): what the detector gives.</summary>
    public float[] Values { get; }

    /// <summary>(height, width), -1 to 1.</summary>
    public float[] Target { get; }

    public int Width { get; }

    public int Height { get; }

    public string Group { get; }

    /// <summary>Value that is 0 in the target.</summary>
    public float Offset { get; }

    /// <summary>Difference in value that is 1 in the target.</summary>
    public float HalfRange { get; }

    /// <summary>There is structure in a part of the field only: <see cref="StructureMeasure"/>.</summary>
    public bool IsInPart { get; }
}
