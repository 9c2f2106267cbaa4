using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Bridge.Torch.Kernels;

/// <summary>
/// One layer of long short-term memory over a sequence: gates i, f, g, o from x W_ihᵀ + h W_hhᵀ + b, c = f c' + i g, h = o tanh c (Hochreiter and Schmidhuber 1997,
/// with the forget gate of Gers, Schmidhuber and Cummins 2000). All arrays are contiguous: x (Steps, Batch, Inputs), states (Batch, Hidden), gates
/// (Steps, Batch, 4 Hidden). The input's share of all steps is one product; the recurrent weights are packed once.
/// </summary>
internal unsafe struct Lstm : IBlockWork
{
    public int Steps, Batch, Inputs, Hidden;
    public float* X, H0, C0, InputWeights, StateWeights;

    /// <summary>4 Hidden, both biases added, or null.</summary>
    public float* Bias;

    /// <summary>Written by <see cref="Forward"/>: gates after their functions, cells, tanh of cells, outputs.</summary>
    public float* Gates, Cells, Tanhs, Y;

    /// <summary>Gradients: of the outputs or null, of the state (Batch, Hidden), which <see cref="Backward"/> carries from the last step to the first, and of the gates before their functions.</summary>
    public float* Dy, Dh, Dc, DGates;

    private int _step;
    private bool _backward;

    public void Forward()
    {
        int wide = 4 * Hidden;
        Gemm.Run(Steps * Batch, wide, Inputs, X, new(Inputs, 1), InputWeights, new(1, Inputs), Gates, wide, Bias, 0);
        float* packed = Scratch.Rent(Scratch.Slot.Weights, Gemm.PackedCount(wide, Hidden));
        Gemm.Pack(wide, Hidden, StateWeights, new(1, Hidden), packed);
        for (_step = 0; _step < Steps; _step++)
        {
            float* gates = Gates + (nint)_step * Batch * wide;
            Gemm.RunPacked(Batch, wide, Hidden, _step == 0 ? H0 : Y + (nint)(_step - 1) * Batch * Hidden, new(Hidden, 1), packed, gates, wide, gates, wide);
            Workers.For(Batch, this, 20L * Batch * Hidden);
        }
    }

    public void Backward()
    {
        int wide = 4 * Hidden;
        _backward = true;
        float* packed = Scratch.Rent(Scratch.Slot.Weights, Gemm.PackedCount(Hidden, wide));
        Gemm.Pack(Hidden, wide, StateWeights, new(Hidden, 1), packed);
        for (_step = Steps - 1; _step >= 0; _step--)
        {
            Workers.For(Batch, this, 20L * Batch * Hidden);
            Gemm.RunPacked(Batch, Hidden, wide, DGates + (nint)_step * Batch * wide, new(wide, 1), packed, Dh, Hidden, null, 0);
        }
    }

    /// <summary>One row of the batch in the current step.</summary>
    public readonly void Run(int row)
    {
        nint at = ((nint)_step * Batch + row) * Hidden;
        float* before = _step == 0 ? C0 + (nint)row * Hidden : Cells + at - (nint)Batch * Hidden;
        if (_backward)
            BackwardRow(at, before, Dh + (nint)row * Hidden, Dc + (nint)row * Hidden);
        else
            ForwardRow(Gates + 4 * at, before, at);
    }

    private readonly void ForwardRow(float* gates, float* before, nint at)
    {
        int n = Hidden;
        var all = new Span<float>(gates, 4 * n);
        TensorPrimitives.Sigmoid(all[..(2 * n)], all[..(2 * n)]);
        TanhKernel.Run(all.Slice(2 * n, n), all.Slice(2 * n, n));
        TensorPrimitives.Sigmoid(all[(3 * n)..], all[(3 * n)..]);
        Span<float> c = new(Cells + at, n), tanh = new(Tanhs + at, n);
        TensorPrimitives.Multiply(all.Slice(n, n), new ReadOnlySpan<float>(before, n), c);
        TensorPrimitives.MultiplyAdd(all[..n], all.Slice(2 * n, n), c, c);
        TanhKernel.Run(c, tanh);
        TensorPrimitives.Multiply(all[(3 * n)..], tanh, new Span<float>(Y + at, n));
    }

    private readonly void BackwardRow(nint at, float* before, float* dh, float* dc)
    {
        int n = Hidden, j = 0;
        for (; j + Vector<float>.Count <= n; j += Vector<float>.Count)
            BackwardLanes(at, j, before, dh, dc);
        for (; j < n; j++)
            BackwardOne(at, j, before, dh, dc);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void BackwardLanes(nint at, int j, float* before, float* dh, float* dc)
    {
        float* gates = Gates + 4 * at + j, to = DGates + 4 * at + j;
        int n = Hidden;
        Vector<float> one = Vector<float>.One, i = Vector.Load(gates), f = Vector.Load(gates + n), g = Vector.Load(gates + 2 * n), o = Vector.Load(gates + 3 * n), tanh = Vector.Load(Tanhs + at + j);
        Vector<float> h = Vector.Load(dh + j);
        if (Dy != null)
            h += Vector.Load(Dy + at + j);
        Vector<float> c = Vector.Load(dc + j) + h * o * (one - tanh * tanh);
        (c * g * i * (one - i)).Store(to);
        (c * Vector.Load(before + j) * f * (one - f)).Store(to + n);
        (c * i * (one - g * g)).Store(to + 2 * n);
        (h * tanh * o * (one - o)).Store(to + 3 * n);
        (c * f).Store(dc + j);
    }

    private readonly void BackwardOne(nint at, int j, float* before, float* dh, float* dc)
    {
        float* gates = Gates + 4 * at + j, to = DGates + 4 * at + j;
        int n = Hidden;
        float i = gates[0], f = gates[n], g = gates[2 * n], o = gates[3 * n], tanh = Tanhs[at + j], h = dh[j] + (Dy == null ? 0 : Dy[at + j]);
        float c = dc[j] + h * o * (1 - tanh * tanh);
        to[0] = c * g * i * (1 - i);
        to[n] = c * before[j] * f * (1 - f);
        to[2 * n] = c * i * (1 - g * g);
        to[3 * n] = h * tanh * o * (1 - o);
        dc[j] = c * f;
    }
}
