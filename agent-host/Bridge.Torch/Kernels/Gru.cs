using System.Numerics.Tensors;

namespace Bridge.Torch.Kernels;

/// <summary>
/// One layer of gated recurrent units over a sequence (Cho et al. 2014, with the reset after the product as in PyTorch): r and z = sigmoid(x W_ihᵀ + b_ih + h W_hhᵀ + b_hh),
/// n = tanh(x W_inᵀ + b_in + r (h W_hnᵀ + b_hn)), h = (1 - z) n + z h'. All arrays are contiguous: x (Steps, Batch, Inputs), h (Batch, Hidden), gates (Steps, Batch, 3 Hidden).
/// </summary>
internal unsafe struct Gru : IBlockWork
{
    public int Steps, Batch, Inputs, Hidden;
    public float* X, H0, InputWeights, StateWeights;

    /// <summary>3 Hidden each, or null.</summary>
    public float* InputBias, StateBias;

    /// <summary>Written by <see cref="Forward"/>: gates r, z, n after their functions, the state's share of n (Steps, Batch, Hidden), outputs.</summary>
    public float* Gates, States, Y;

    /// <summary>One step's products of the state (Batch, 3 Hidden), working memory.</summary>
    public float* Work;

    /// <summary>Gradients: of the outputs or null, of the state (Batch, Hidden), which <see cref="Backward"/> carries from the last step to the first, of the input's and of the state's products.</summary>
    public float* Dy, Dh, DInput, DState;

    private int _step;
    private bool _backward;

    public void Forward()
    {
        int wide = 3 * Hidden;
        Gemm.Run(Steps * Batch, wide, Inputs, X, new(Inputs, 1), InputWeights, new(1, Inputs), Gates, wide, InputBias, 0);
        float* packed = Scratch.Rent(Scratch.Slot.Weights, Gemm.PackedCount(wide, Hidden));
        Gemm.Pack(wide, Hidden, StateWeights, new(1, Hidden), packed);
        for (_step = 0; _step < Steps; _step++)
        {
            Gemm.RunPacked(Batch, wide, Hidden, _step == 0 ? H0 : Y + (nint)(_step - 1) * Batch * Hidden, new(Hidden, 1), packed, Work, wide, StateBias, 0);
            Workers.For(Batch, this, 20L * Batch * Hidden);
        }
    }

    public void Backward()
    {
        int wide = 3 * Hidden;
        _backward = true;
        float* packed = Scratch.Rent(Scratch.Slot.Weights, Gemm.PackedCount(Hidden, wide));
        Gemm.Pack(Hidden, wide, StateWeights, new(Hidden, 1), packed);
        for (_step = Steps - 1; _step >= 0; _step--)
        {
            Workers.For(Batch, this, 20L * Batch * Hidden);
            // Dh holds what went past the gates; the rest comes through the products.
            Gemm.RunPacked(Batch, Hidden, wide, DState + (nint)_step * Batch * wide, new(wide, 1), packed, Dh, Hidden, Dh, Hidden);
        }
    }

    /// <summary>One row of the batch in the current step.</summary>
    public readonly void Run(int row)
    {
        nint at = ((nint)_step * Batch + row) * Hidden;
        float* before = _step == 0 ? H0 + (nint)row * Hidden : Y + at - (nint)Batch * Hidden;
        if (_backward)
            BackwardRow(at, before, Dh + (nint)row * Hidden);
        else
            ForwardRow(at, before, Work + 3 * (nint)row * Hidden);
    }

    private readonly void ForwardRow(nint at, float* before, float* products)
    {
        int n = Hidden;
        Span<float> gates = new(Gates + 3 * at, 3 * n), rz = gates[..(2 * n)], news = gates[(2 * n)..], state = new(States + at, n), y = new(Y + at, n);
        ReadOnlySpan<float> last = new(before, n);
        TensorPrimitives.Add(rz, new ReadOnlySpan<float>(products, 2 * n), rz);
        TensorPrimitives.Sigmoid(rz, rz);
        new ReadOnlySpan<float>(products + 2 * n, n).CopyTo(state);
        TensorPrimitives.MultiplyAdd(rz[..n], state, news, news);
        TanhKernel.Run(news, news);
        // n + z (h' - n)
        TensorPrimitives.Subtract(last, news, y);
        TensorPrimitives.MultiplyAdd(y, rz[n..], news, y);
    }

    private readonly void BackwardRow(nint at, float* before, float* dh)
    {
        int n = Hidden;
        float* gates = Gates + 3 * at, input = DInput + 3 * at, state = DState + 3 * at;
        for (int j = 0; j < n; j++)
        {
            float r = gates[j], z = gates[n + j], g = gates[2 * n + j], h = dh[j] + (Dy == null ? 0 : Dy[at + j]);
            float dn = h * (1 - z) * (1 - g * g);
            input[j] = state[j] = dn * States[at + j] * r * (1 - r);
            input[n + j] = state[n + j] = h * (before[j] - g) * z * (1 - z);
            input[2 * n + j] = dn;
            state[2 * n + j] = dn * r;
            dh[j] = h * z;
        }
    }
}
