namespace Bridge.Agents.Planning.CryoRL.Inference;

/// <summary>What lies between the layers while a block of rows goes through them. One thread at a time.</summary>
internal sealed class ForwardBlock(FusedNetwork network)
{
    /// <summary>Rows of a block: their numbers between two layers, 50 kB, and a panel of weights fit into the nearest caches.</summary>
    public const int MostRows = 8 * PackedLayer.TileRows;

    private readonly float[] _first = new float[MostRows * network.First.Stride];
    private readonly float[] _second = new float[MostRows * network.Second.Stride];
    private readonly float[] _third = new float[MostRows * network.Third.Stride];

    /// <param name="rows">At most <see cref="MostRows"/>.</param>
    /// <param name="steps">(rows, step), with floats of any value behind them to fill the last tile.</param>
    /// <param name="start">The first layer's part for the past.</param>
    /// <param name="outputs">(rows, stride of the head), likewise.</param>
    public void Run(int rows, ReadOnlySpan<float> steps, ReadOnlySpan<float> start, Span<float> outputs)
    {
        rows = (rows + PackedLayer.TileRows - 1) / PackedLayer.TileRows * PackedLayer.TileRows;
        network.First.Apply(rows, steps, network.First.Inputs, start, relu: true, _first);
        network.Second.Apply(rows, _first, network.First.Stride, network.Second.Bias, relu: true, _second);
        network.Third.Apply(rows, _second, network.Second.Stride, network.Third.Bias, relu: true, _third);
        network.Head.Apply(rows, _third, network.Third.Stride, network.Head.Bias, relu: false, outputs);
    }
}
