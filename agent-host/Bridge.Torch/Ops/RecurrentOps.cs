using System.Numerics.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Recurrent layers over whole sequences, one node each with a hand-written gradient.</summary>
internal static class RecurrentOps
{
    /// <summary>LSTM: x (steps, batch, inputs), h0 and c0 (batch, hidden), weights (4 hidden, inputs) and (4 hidden, hidden) in the order i, f, g, o, biases (4 hidden) or null.</summary>
    /// <returns>All outputs (steps, batch, hidden), and the states after the last step.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static (torch.Tensor Y, torch.Tensor H, torch.Tensor C) Lstm(torch.Tensor x, torch.Tensor h0, torch.Tensor c0, torch.Tensor inputWeights, torch.Tensor stateWeights, torch.Tensor? inputBias, torch.Tensor? stateBias)
    {
        Check("lstm", 4, x, h0, inputWeights, stateWeights, inputBias, stateBias);
        if (c0.Require(torch.ScalarType.Float32, "lstm").Rank != 2 || !c0.Sizes.AsSpan().SequenceEqual(h0.Sizes))
            throw new ArgumentException($"lstm: the cell state is {c0.Text}, the hidden state {h0.Text}");
        return LstmNode.Forward([x, h0, c0, inputWeights, stateWeights, inputBias, stateBias]);
    }

    /// <summary>GRU: x (steps, batch, inputs), h0 (batch, hidden), weights (3 hidden, inputs) and (3 hidden, hidden) in the order r, z, n, biases (3 hidden) or null.</summary>
    /// <returns>All outputs (steps, batch, hidden), and the state after the last step.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static (torch.Tensor Y, torch.Tensor H) Gru(torch.Tensor x, torch.Tensor h0, torch.Tensor inputWeights, torch.Tensor stateWeights, torch.Tensor? inputBias, torch.Tensor? stateBias)
    {
        Check("gru", 3, x, h0, inputWeights, stateWeights, inputBias, stateBias);
        return GruNode.Forward([x, h0, inputWeights, stateWeights, inputBias, stateBias]);
    }

    /// <summary>Whether any of these has to be recorded.</summary>
    public static bool Recorded(ReadOnlySpan<torch.Tensor?> inputs)
    {
        bool recorded = false;
        foreach (torch.Tensor? input in inputs)
            recorded |= input is not null && Elementwise.Recorded(input);
        return recorded;
    }

    /// <summary>The weights' gradients of products with x and with the states before each step: dWᵢ = dgatesᵀ x, dWₕ = dgatesᵀ h', the states being h0 and then the outputs.</summary>
    public static unsafe void WeightGradients(int steps, int batch, int inputs, int hidden, int wide, float* dInput, float* dState, float* x, float* h0, float* y, float* dInputWeights, float* dStateWeights)
    {
        if (dInputWeights != null)
            Kernels.Gemm.Run(wide, inputs, steps * batch, dInput, new(1, wide), x, new(inputs, 1), dInputWeights, inputs, null, 0);
        if (dStateWeights == null)
            return;
        Kernels.Gemm.Run(wide, hidden, batch, dState, new(1, wide), h0, new(hidden, 1), dStateWeights, hidden, null, 0);
        if (steps > 1)
            Kernels.Gemm.Run(wide, hidden, (steps - 1) * batch, dState + (nint)batch * wide, new(1, wide), y, new(hidden, 1), dStateWeights, hidden, dStateWeights, hidden);
    }

    /// <summary>The sum of all rows.</summary>
    public static void SumRows(ReadOnlySpan<float> rows, Span<float> sum)
    {
        sum.Clear();
        for (int at = 0; at < rows.Length; at += sum.Length)
            TensorPrimitives.Add(sum, rows.Slice(at, sum.Length), sum);
    }

    private static void Check(string operation, int gates, torch.Tensor x, torch.Tensor h0, torch.Tensor inputWeights, torch.Tensor stateWeights, torch.Tensor? inputBias, torch.Tensor? stateBias)
    {
        foreach (torch.Tensor? t in (ReadOnlySpan<torch.Tensor?>)[x, h0, inputWeights, stateWeights, inputBias, stateBias])
            t?.Require(torch.ScalarType.Float32, operation);
        if (x.Rank != 3 || h0.Rank != 2 || x.Sizes[0] < 1 || x.Sizes[1] != h0.Sizes[0])
            throw new ArgumentException($"{operation}: the input {x.Text} is not (steps, batch, inputs), or does not fit the state {h0.Text}");
        long hidden = h0.Sizes[1];
        if (inputWeights.Rank != 2 || stateWeights.Rank != 2 || inputWeights.Sizes[0] != gates * hidden || inputWeights.Sizes[1] != x.Sizes[2] || stateWeights.Sizes[0] != gates * hidden || stateWeights.Sizes[1] != hidden)
            throw new ArgumentException($"{operation}: weights {inputWeights.Text} and {stateWeights.Text} do not fit the input {x.Text} and the state {h0.Text}");
        if ((inputBias is null) != (stateBias is null) || inputBias is not null && (inputBias.Rank != 1 || stateBias!.Rank != 1 || inputBias.Count != gates * hidden || stateBias.Count != gates * hidden))
            throw new ArgumentException($"{operation}: both biases are of {gates * hidden}, or there is none");
        if (x.Sizes[0] * x.Sizes[1] * gates * hidden > Array.MaxLength)
            throw new ArgumentException($"{operation}: the input {x.Text} with {hidden} hidden units has more gates than an array can hold; cut the sequence");
    }
}
