using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What LSTM and GRU share: layers on top of each other, both directions, the order of steps and batch.</summary>
internal sealed class RecurrentLayers
{
    private readonly string _name;
    private readonly RecurrentWeights[] _weights;   // forwards and backwards of layer 0, then of layer 1, …
    private readonly long _layers, _features, _hidden;
    private readonly bool _batchFirst;
    private readonly double _dropout;

    public RecurrentLayers(nn.Module module, string name, int gates, long features, long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional)
    {
        _name = name;
        _features = Sizes.AtLeast(1, features, name + ": inputSize");
        _hidden = Sizes.AtLeast(1, hidden, name + ": hiddenSize");
        _layers = Sizes.AtLeast(1, layers, name + ": numLayers");
        if (!(dropout >= 0 && dropout <= 1))
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, $"{name}: dropout is a probability, 0 to 1");
        (_batchFirst, _dropout) = (batchFirst, dropout);
        Directions = bidirectional ? 2 : 1;
        _weights = new RecurrentWeights[layers * Directions];
        for (int i = 0; i < _weights.Length; i++)
        {
            long layer = i / Directions;
            _weights[i] = RecurrentWeights.Draw(gates, layer == 0 ? features : hidden * Directions, hidden, bias);
            _weights[i].Register(module, $"_l{layer}" + (i % Directions == 1 ? "_reverse" : ""));
        }
    }

    public int Directions { get; }

    /// <summary>The states at step 0 where the caller gave none: zeros of (layers · directions, batch, hidden).</summary>
    public Tensor Zeros(Tensor input)
    {
        CheckInput(input);
        return zeros([_layers * Directions, input.Sizes[_batchFirst ? 0 : 1], _hidden]);
    }

    /// <summary>Runs all layers.</summary>
    /// <param name="input">(steps, batch, features), or (batch, steps, features) with batch_first.</param>
    /// <param name="states">Each (layers · directions, batch, hidden).</param>
    /// <param name="run">One layer over (steps, batch, …) from its states (batch, hidden): its outputs and last states.</param>
    /// <returns>Outputs in the order of the input, and the last states, as <paramref name="states"/>.</returns>
    public (Tensor Output, Tensor[] Last) Run(Tensor input, Tensor[] states, bool training, Func<Tensor, Tensor[], RecurrentWeights, Tensor[]> run)
    {
        CheckInput(input);
        foreach (Tensor state in states)
            CheckState(state, input);
        Tensor x = _batchFirst ? input.transpose(0, 1) : input;
        var last = new List<Tensor>[states.Length];
        for (int k = 0; k < last.Length; k++)
            last[k] = [];
        for (int layer = 0; layer < _layers; layer++)
        {
            if (layer > 0 && training && _dropout > 0)
                x = nn.functional.dropout(x, _dropout, true);
            var outputs = new Tensor[Directions];
            for (int direction = 0; direction < Directions; direction++)
            {
                int index = layer * Directions + direction;
                Tensor[] given = [.. states.Select(state => state.select(0, index))];
                Tensor[] answer = run(direction == 0 ? x : x.flip(0), given, _weights[index]);
                outputs[direction] = direction == 0 ? answer[0] : answer[0].flip(0);
                for (int k = 0; k < states.Length; k++)
                    last[k].Add(answer[k + 1]);
            }
            x = Directions == 1 ? outputs[0] : cat(outputs, 2);
        }
        return (_batchFirst ? x.transpose(0, 1) : x, [.. last.Select(all => stack(all, 0))]);
    }

    private void CheckInput(Tensor input)
    {
        if (input.ndim != 3 || input.Sizes[2] != _features)
            throw new ArgumentException($"{_name}: the input is {input.Text}, not ({(_batchFirst ? "batch, steps" : "steps, batch")}, {_features})");
        Sizes.AtLeast(1, input.Sizes[_batchFirst ? 1 : 0], _name + ": steps");
    }

    private void CheckState(Tensor state, Tensor input)
    {
        long[] due = [_layers * Directions, input.Sizes[_batchFirst ? 0 : 1], _hidden];
        if (!state.Sizes.AsSpan().SequenceEqual(due))
            throw new ArgumentException($"{_name}: a state is {state.Text}, for the input {input.Text} it must be [{string.Join(", ", due)}]");
    }
}
