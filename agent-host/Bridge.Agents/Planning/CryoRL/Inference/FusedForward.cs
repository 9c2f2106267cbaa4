namespace Bridge.Agents.Planning.CryoRL.Inference;

/// <summary>
/// A <see cref="Learning.RowNetwork"/> without tensors: a block of rows goes through all layers before the next one, so what lies between two layers stays in the
/// nearest cache, and the past is taken once for all rows. Many rows are shared out among the processors, with the same bits. Buffers are kept, so nothing is
/// allocated once the most rows were seen, but for some 2 kB where rows are shared out. Called by one thread at a time.
/// </summary>
internal sealed class FusedForward
{
    private readonly FusedNetwork _network;
    private readonly int _mostRowsAlone;
    private readonly float[] _past;    // the past, and rows of zeros to fill the tile
    private readonly float[] _start;   // of the first layer: its part for the past
    private readonly float[] _value;
    private readonly float[] _ofState;
    private readonly ForwardBlock[] _blocks; // one for each worker
    private readonly Action<int> _work;
    private float[] _steps = [];
    private float[] _outputs = [];
    private int _rows, _workers;

    /// <param name="mostRowsAlone">More rows than these are shared out: half a millisecond on one processor is worth waking another.</param>
    public FusedForward(FusedNetwork network, int mostRowsAlone = 512)
    {
        (_network, _mostRowsAlone, _work) = (network, mostRowsAlone, Work);
        _past = new float[PackedLayer.TileRows * network.FirstPast.Inputs];
        _start = new float[PackedLayer.TileRows * network.First.Stride];
        _value = new float[network.Value is null ? 0 : PackedLayer.TileRows * network.Value.Stride];
        _ofState = new float[network.ValueHead is null ? 0 : PackedLayer.TileRows * network.ValueHead.Stride];
        _blocks = new ForwardBlock[Environment.ProcessorCount];
    }

    /// <summary>Floats from one row of the outputs to the next.</summary>
    public int Stride => _network.Head.Stride;

    /// <summary>The outputs of the rows of one state, as <see cref="Learning.RowNetwork.Outputs"/> has them.</summary>
    /// <param name="past">(past): the same for all rows.</param>
    /// <param name="steps">(rows, step), row-major.</param>
    /// <returns>(rows, <see cref="Stride"/>), the network's outputs first in each row; valid until the next call.</returns>
    public ReadOnlySpan<float> Outputs(ReadOnlySpan<float> past, ReadOnlySpan<float> steps)
    {
        _rows = steps.Length / _network.First.Inputs;
        int padded = _rows + ForwardBlock.MostRows;
        if (_outputs.Length < padded * Stride) // a session's rows change by a few at a time
            (_outputs, _steps) = (new float[2 * padded * Stride], new float[2 * padded * _network.First.Inputs]);
        past.CopyTo(_past);
        steps.CopyTo(_steps);
        _network.FirstPast.Apply(PackedLayer.TileRows, _past, _network.FirstPast.Inputs, _network.FirstPast.Bias, relu: false, _start);
        _workers = _rows > _mostRowsAlone ? _blocks.Length : 1;
        if (_workers == 1)
            Work(0);
        else
            Parallel.For(0, _workers, _work);
        Span<float> outputs = _outputs.AsSpan(0, _rows * Stride);
        if (_network.Value is not null)
            AddValue(outputs);
        return outputs;
    }

    /// <summary>Every so manieth block of rows.</summary>
    private void Work(int worker)
    {
        ForwardBlock block = _blocks[worker] ??= new ForwardBlock(_network);
        for (int row = worker * ForwardBlock.MostRows; row < _rows; row += _workers * ForwardBlock.MostRows)
            block.Run(Math.Min(ForwardBlock.MostRows, _rows - row), _steps.AsSpan(row * _network.First.Inputs), _start, _outputs.AsSpan(row * Stride));
    }

    /// <summary>output = V(past) + A(candidate) - mean of A (Wang et al. 2016, eq. 9).</summary>
    private void AddValue(Span<float> outputs)
    {
        _network.Value!.Apply(PackedLayer.TileRows, _past, _network.Value.Inputs, _network.Value.Bias, relu: true, _value);
        _network.ValueHead!.Apply(PackedLayer.TileRows, _value, _network.Value.Stride, _network.ValueHead.Bias, relu: false, _ofState);
        for (int output = 0; output < _network.Head.Outputs; output++)
        {
            double sum = 0;
            for (int row = 0; row < _rows; row++)
                sum += outputs[row * Stride + output];
            float shift = _ofState[output] - (float)(sum / _rows);
            for (int row = 0; row < _rows; row++)
                outputs[row * Stride + output] += shift;
        }
    }
}
