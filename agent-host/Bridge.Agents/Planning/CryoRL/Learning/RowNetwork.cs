using Bridge.Agents.Planning.CryoRL.Features;
using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// The network that values candidates (CryoRL, section 4.3: hidden layers 128, 256, 128, one output a hole). Shared by all holes, so it takes
/// grids of any size. Dueling (Wang et al. 2016, eq. 9): output = V(past) + A(candidate) - mean of A over the state's candidates.
/// </summary>
internal sealed class RowNetwork : Module
{
    private const int Hidden = 128, Middle = 256;

    private readonly Module<Tensor, Tensor> _body;
    private readonly Module<Tensor, Tensor> _head;
    private readonly Module<Tensor, Tensor>? _value;

    /// <param name="outputs">Numbers for each candidate.</param>
    /// <param name="noisy">Noise in the heads.</param>
    public RowNetwork(int outputs, bool dueling, bool noisy, Generator generator) : base(nameof(RowNetwork))
    {
        _body = Sequential(Linear(FeatureTable.Width, Hidden), ReLU(), Linear(Hidden, Middle), ReLU(), Linear(Middle, Hidden), ReLU());
        _head = noisy ? new NoisyLinear(Hidden, outputs, generator) : Linear(Hidden, outputs);
        register_module("body", _body);
        register_module("head", _head);
        if (dueling)
        {
            _value = Sequential(Linear(FeatureTable.PastWidth, Hidden), ReLU(), noisy ? new NoisyLinear(Hidden, outputs, generator) : Linear(Hidden, outputs));
            register_module("value", _value);
        }
        foreach (Linear layer in modules().OfType<Linear>())
            FreshWeights.Draw(layer, generator);
    }

    public bool IsDueling => _value is not null;

    /// <summary>(rows, outputs).</summary>
    public Tensor Outputs(RowBatch batch)
    {
        Tensor advantages = _head.call(_body.call(batch.Inputs));
        if (_value is null)
            return advantages;
        // Averages[s, r] is 1 / candidates of s where row r belongs to state s; StateOf spreads a state's numbers over its rows.
        Tensor averages = zeros(batch.States, batch.Inputs.shape[0]);
        long[] stateOf = new long[batch.Inputs.shape[0]], firstRow = new long[batch.States];
        for (int state = 0; state < batch.States; state++)
        {
            firstRow[state] = batch.StartOf(state);
            averages[state].narrow(0, batch.StartOf(state), batch.RowsOf(state)).fill_(1f / batch.RowsOf(state));
            stateOf.AsSpan(batch.StartOf(state), batch.RowsOf(state)).Fill(state);
        }
        Tensor past = batch.Inputs.index_select(0, tensor(firstRow)).narrow(1, 0, FeatureTable.PastWidth);
        Tensor ofState = _value.call(past) - averages.matmul(advantages);
        return advantages + ofState.index_select(0, tensor(stateOf));
    }

    /// <summary>Draws the noise anew, where there is any.</summary>
    public void DrawNoise()
    {
        foreach (NoisyLinear layer in modules().OfType<NoisyLinear>())
            layer.Draw();
    }
}
