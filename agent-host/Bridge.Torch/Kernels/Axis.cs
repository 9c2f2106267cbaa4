namespace Bridge.Torch.Kernels;

/// <summary>What new pixels are made of.</summary>
internal enum PadMode { Constant, Reflect, Replicate }

/// <summary>One side of a resampling: output i is (1 - Weight[i]) times input First[i] plus Weight[i] times input Second[i]. First -1: outside.</summary>
internal sealed class Axis
{
    private Axis(int length, int outputs)
    {
        Length = length;
        First = new int[outputs];
        Second = new int[outputs];
        Weight = new float[outputs];
    }

    /// <summary>Inputs along the side.</summary>
    public int Length { get; }

    public int[] First { get; }

    public int[] Second { get; }

    public float[] Weight { get; }

    /// <summary>Whether any output lies between two inputs.</summary>
    public bool Blends { get; private init; }

    public int Outputs => First.Length;

    /// <summary>Input floor(i scale).</summary>
    public static Axis Nearest(int outputs, int length, double scale)
    {
        var axis = new Axis(length, outputs);
        for (int i = 0; i < outputs; i++)
            axis.First[i] = axis.Second[i] = Math.Min((int)(i * (float)scale), length - 1);
        return axis;
    }

    /// <summary>Between the inputs next to (i + 1/2) scale - 1/2, or to i (length - 1) / (outputs - 1) where corners are aligned.</summary>
    public static Axis Linear(int outputs, int length, double scale, bool alignCorners)
    {
        var axis = new Axis(length, outputs) { Blends = true };
        float step = alignCorners ? outputs > 1 ? (float)(length - 1) / (outputs - 1) : 0 : (float)scale;
        for (int i = 0; i < outputs; i++)
        {
            float at = alignCorners ? i * step : Math.Max(0, (i + 0.5f) * step - 0.5f);
            int first = Math.Min((int)at, length - 1);
            axis.First[i] = first;
            axis.Second[i] = Math.Min(first + 1, length - 1);
            axis.Weight[i] = Math.Min(at - first, 1);
        }
        return axis;
    }

    /// <summary>Input i - before, continued as the mode says.</summary>
    public static Axis Padded(int length, int before, int outputs, PadMode mode)
    {
        var axis = new Axis(length, outputs);
        for (int i = 0; i < outputs; i++)
        {
            int at = i - before;
            if (at < 0 || at >= length)
                at = mode switch
                {
                    PadMode.Reflect => at < 0 ? -at : 2 * (length - 1) - at,
                    PadMode.Replicate => Math.Clamp(at, 0, length - 1),
                    _ => -1,
                };
            axis.First[i] = axis.Second[i] = at;
        }
        return axis;
    }
}
