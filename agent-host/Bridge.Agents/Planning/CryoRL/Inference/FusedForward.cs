namespace Bridge.Agents.Planning.CryoRL.Inference;

/// <summary>
/// A <see cref="Learning.RowNetwork"/> without tensors: a block of rows goes through all layers before the next one, so what lies between two layers stays in the
/// nearest cache, and the past is taken once for all rows. Buffers are kept, so nothing is allocated once the most rows were seen. One thread at a time.
/// </summary>
internal sealed class FusedForward(FusedNetwork network)
{
    private const int BlockRows = 8 * PackedLayer.TileRows;

    private readonly float[] _past = new float[PackedLayer.TileRows * network.FirstPast.Inputs];   // the past, and rows of zeros to fill the tile
    private readonly float[] _start = new float[PackedLayer.TileRows * network.First.Stride];
    private readonly float[] _steps = new float[BlockRows * network.First.Inputs];
    private readonly float[] _first = new float[BlockRows * network.First.Stride];
    private readonly float[] _second = new float[BlockRows * network.Second.Stride];
    private readonly float[] _third = new float[BlockRows * network.Third.Stride];
    private readonly float[] _value = new float[network.Value is null ? 0 : PackedLayer.TileRows * network.Value.Stride];
    private readonly float[] _ofState = new float[network.ValueHead is null ? 0 : PackedLayer.TileRows * network.ValueHead.Stride];
    private float[] _outputs = [];

    /// <summary>Floats from one row of the outputs to the next.</summary>
    public int Stride => network.Head.Stride;

    /// <summary>The outputs of the rows of one state, as <see cref="Learning.RowNetwork.Outputs"/> has them.</summary>
    /// <param name="past">(past): the same for all rows.</param>
    /// <param name="steps">(rows, step), row-major.</param>
    /// <returns>(rows, <see cref="Stride"/>), the network's outputs first in each row; valid until the next call.</returns>
    public ReadOnlySpan<float> Outputs(ReadOnlySpan<float> past, ReadOnlySpan<float> steps)
    {
        int width = network.First.Inputs, rows = steps.Length / width;
        if (_outputs.Length < (rows + BlockRows) * Stride)
            _outputs = new float[2 * (rows + BlockRows) * Stride]; // a session's rows change by a few at a time
        past.CopyTo(_past);
        network.FirstPast.Apply(PackedLayer.TileRows, _past, network.FirstPast.Inputs, network.FirstPast.Bias, relu: false, _start);
        for (int row = 0; row < rows; row += BlockRows)
        {
            int some = Math.Min(BlockRows, rows - row);
            Block(some, steps.Slice(row * width, some * width), _outputs.AsSpan(row * Stride));
        }
        Span<float> outputs = _outputs.AsSpan(0, rows * Stride);
        if (network.Value is not null)
            AddValue(rows, outputs);
        return outputs;
    }

    private void Block(int rows, ReadOnlySpan<float> steps, Span<float> outputs)
    {
        steps.CopyTo(_steps);
        rows = (rows + PackedLayer.TileRows - 1) / PackedLayer.TileRows * PackedLayer.TileRows; // what was there before fills the last tile
        network.First.Apply(rows, _steps, network.First.Inputs, _start, relu: true, _first);
        network.Second.Apply(rows, _first, network.First.Stride, network.Second.Bias, relu: true, _second);
        network.Third.Apply(rows, _second, network.Second.Stride, network.Third.Bias, relu: true, _third);
        network.Head.Apply(rows, _third, network.Third.Stride, network.Head.Bias, relu: false, outputs);
    }

    /// <summary>output = V(past) + A(candidate) - mean of A (Wang et al. 2016, eq. 9).</summary>
    private void AddValue(int rows, Span<float> outputs)
    {
        network.Value!.Apply(PackedLayer.TileRows, _past, network.Value.Inputs, network.Value.Bias, relu: true, _value);
        network.ValueHead!.Apply(PackedLayer.TileRows, _value, network.Value.Stride, network.ValueHead.Bias, relu: false, _ofState);
        for (int output = 0; output < network.Head.Outputs; output++)
        {
            double sum = 0;
            for (int row = 0; row < rows; row++)
                sum += outputs[row * Stride + output];
            float shift = _ofState[output] - (float)(sum / rows);
            for (int row = 0; row < rows; row++)
                outputs[row * Stride + output] += shift;
        }
    }
}
