using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bridge.Agents.Planning.CryoRL.Inference;

/// <summary>
/// A linear layer y = W x + b whose weights were packed once, so that a product with few rows reads them in the order in which it needs them (as in Goto and van
/// de Geijn 2008): panels of <see cref="PanelWidth"/> outputs, in each panel input after input. Not changed once made, so threads share it.
/// </summary>
internal sealed class PackedLayer
{
    /// <summary>Rows that are multiplied together, their sums in registers: callers pad to a multiple of it.</summary>
    public const int TileRows = 6;

    private readonly float[] _panels; // (panel, input, PanelWidth), zeros behind the last output
    private readonly float[] _bias;   // (Stride)

    /// <param name="weight">(outputs, inputs), row-major, as PyTorch's linear layer has them.</param>
    /// <param name="bias">(outputs).</param>
    public PackedLayer(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        (Outputs, Inputs) = (bias.Length, weight.Length / bias.Length);
        int panels = (Outputs + PanelWidth - 1) / PanelWidth;
        _panels = new float[panels * Inputs * PanelWidth];
        _bias = new float[panels * PanelWidth];
        bias.CopyTo(_bias);
        for (int output = 0; output < Outputs; output++)
        {
            for (int input = 0; input < Inputs; input++)
                _panels[(output / PanelWidth * Inputs + input) * PanelWidth + output % PanelWidth] = weight[output * Inputs + input];
        }
    }

    /// <summary>Outputs of a panel: two registers.</summary>
    public static int PanelWidth => 2 * Vector<float>.Count;

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Floats from one row of results to the next: the outputs, rounded up to whole panels.</summary>
    public int Stride => _bias.Length;

    /// <summary>(<see cref="Stride"/>), zeros behind the last output.</summary>
    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>y = start + W x for every row, and max(y, 0) of it where <paramref name="relu"/>.</summary>
    /// <param name="rows">A multiple of <see cref="TileRows"/>.</param>
    /// <param name="x">(rows, <see cref="Inputs"/>), each row <paramref name="strideX"/> floats after the one before.</param>
    /// <param name="start">(<see cref="Stride"/>): added to every row, the bias as a rule.</param>
    /// <param name="y">(rows, <see cref="Stride"/>).</param>
    public void Apply(int rows, ReadOnlySpan<float> x, int strideX, ReadOnlySpan<float> start, bool relu, Span<float> y)
    {
        if (rows % TileRows != 0 || x.Length < (rows - 1) * strideX + Inputs || strideX < Inputs || start.Length < Stride || y.Length < rows * Stride)
            throw new ArgumentException($"{rows} rows of {Inputs} numbers do not fit {x.Length} floats with stride {strideX}, start {start.Length}, results {y.Length}");
        Vector<float> least = relu ? Vector<float>.Zero : new Vector<float>(float.NegativeInfinity);
        ref float fromX = ref MemoryMarshal.GetReference(x), toY = ref MemoryMarshal.GetReference(y);
        for (int column = 0; column < Stride; column += PanelWidth)
        {
            ref float panel = ref _panels[column * Inputs];
            for (int row = 0; row < rows; row += TileRows)
                Tile(Inputs, ref Unsafe.Add(ref fromX, row * strideX), strideX, ref panel, start[column..], least, ref Unsafe.Add(ref toY, row * Stride + column), Stride);
        }
    }

    /// <summary>Six rows by one panel. Twelve sums, so that the multiply-adds need not wait for each other. Optimised from the first call: a session's first
    /// decisions should not be slow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(int inputs, ref float x, int strideX, ref float panel, ReadOnlySpan<float> start, Vector<float> least, ref float y, int strideY)
    {
        Vector<float> left = new(start), right = new(start[Vector<float>.Count..]);
        Vector<float> a0 = left, a1 = left, a2 = left, a3 = left, a4 = left, a5 = left;
        Vector<float> b0 = right, b1 = right, b2 = right, b3 = right, b4 = right, b5 = right;
        ref float x1 = ref Unsafe.Add(ref x, strideX), x2 = ref Unsafe.Add(ref x, 2 * strideX), x3 = ref Unsafe.Add(ref x, 3 * strideX);
        ref float x4 = ref Unsafe.Add(ref x, 4 * strideX), x5 = ref Unsafe.Add(ref x, 5 * strideX);
        for (nint input = 0; input < inputs; input++)
        {
            Vector<float> a = Vector.LoadUnsafe(ref panel), b = Vector.LoadUnsafe(ref panel, (nuint)Vector<float>.Count);
            panel = ref Unsafe.Add(ref panel, PanelWidth);
            Vector<float> v = new(Unsafe.Add(ref x, input));
            (a0, b0) = (Vector.FusedMultiplyAdd(a, v, a0), Vector.FusedMultiplyAdd(b, v, b0));
            v = new(Unsafe.Add(ref x1, input));
            (a1, b1) = (Vector.FusedMultiplyAdd(a, v, a1), Vector.FusedMultiplyAdd(b, v, b1));
            v = new(Unsafe.Add(ref x2, input));
            (a2, b2) = (Vector.FusedMultiplyAdd(a, v, a2), Vector.FusedMultiplyAdd(b, v, b2));
            v = new(Unsafe.Add(ref x3, input));
            (a3, b3) = (Vector.FusedMultiplyAdd(a, v, a3), Vector.FusedMultiplyAdd(b, v, b3));
            v = new(Unsafe.Add(ref x4, input));
            (a4, b4) = (Vector.FusedMultiplyAdd(a, v, a4), Vector.FusedMultiplyAdd(b, v, b4));
            v = new(Unsafe.Add(ref x5, input));
            (a5, b5) = (Vector.FusedMultiplyAdd(a, v, a5), Vector.FusedMultiplyAdd(b, v, b5));
        }
        Store(a0, b0, least, ref y);
        Store(a1, b1, least, ref Unsafe.Add(ref y, strideY));
        Store(a2, b2, least, ref Unsafe.Add(ref y, 2 * strideY));
        Store(a3, b3, least, ref Unsafe.Add(ref y, 3 * strideY));
        Store(a4, b4, least, ref Unsafe.Add(ref y, 4 * strideY));
        Store(a5, b5, least, ref Unsafe.Add(ref y, 5 * strideY));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> left, Vector<float> right, Vector<float> least, ref float y)
    {
        Vector.Max(left, least).StoreUnsafe(ref y);
        Vector.Max(right, least).StoreUnsafe(ref y, (nuint)Vector<float>.Count);
    }
}
