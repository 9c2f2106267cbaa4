using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>Actor or critic: layers of LSTM or GRU cells with a trainable first state, and a linear output. A step at a time, so that the state of one network can be given to
/// another.</summary>
internal sealed class RecurrentNetwork : Module
{
    private readonly RecurrentCellKind _kind;
    private readonly LSTMCell[] _lstm;
    private readonly GRUCell[] _gru;
    private readonly Linear _output;
    private readonly Parameter _start; // (parts of a state, hidden)

    public RecurrentNetwork(CrdpgSettings settings, int inputs, int outputs, Generator generator) : base(nameof(RecurrentNetwork))
    {
        (_kind, _lstm, _gru) = (settings.Cell, [], []);
        if (_kind == RecurrentCellKind.Lstm)
            _lstm = [.. Enumerable.Range(0, settings.Layers).Select(i => LSTMCell(i == 0 ? inputs : settings.Hidden, settings.Hidden))];
        else
            _gru = [.. Enumerable.Range(0, settings.Layers).Select(i => GRUCell(i == 0 ? inputs : settings.Hidden, settings.Hidden))];
        foreach ((Module cell, int i) in _lstm.Cast<Module>().Concat(_gru).Select((cell, i) => (cell, i)))
            register_module($"cell{i}", cell);
        _output = Linear(settings.Hidden, outputs);
        register_module("output", _output);
        _start = Parameter(zeros(settings.Layers * (_kind == RecurrentCellKind.Lstm ? 2 : 1), settings.Hidden));
        register_parameter("start", _start);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float bound = 1 / MathF.Sqrt(settings.Hidden);
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            if (name != "start")
                parameter.copy_((rand(parameter.shape, generator: generator) * 2 - 1) * bound);
        }
    }

    /// <summary>The state before the first step.</summary>
    public Tensor[] Start(long batch)
    {
        var state = new Tensor[_start.shape[0]];
        for (int i = 0; i < state.Length; i++)
            state[i] = _start.narrow(0, i, 1).expand(batch, -1);
        return state;
    }

    /// <param name="input">(batch, inputs).</param>
    /// <param name="state">Of this network, or of its twin.</param>
    /// <returns>(batch, outputs), and the state afterwards.</returns>
    public (Tensor Output, Tensor[] State) Step(Tensor input, Tensor[] state)
    {
        var next = new Tensor[state.Length];
        Tensor at = input;
        if (_kind == RecurrentCellKind.Lstm)
        {
            for (int i = 0; i < _lstm.Length; i++)
            {
                (next[2 * i], next[2 * i + 1]) = _lstm[i].call(at, (state[2 * i], state[2 * i + 1]));
                at = next[2 * i];
            }
        }
        else
        {
            for (int i = 0; i < _gru.Length; i++)
                at = next[i] = _gru[i].call(at, state[i]);
        }
        return (_output.call(at), next);
    }

    /// <summary>The weights of the twin: all of them, or a small share.</summary>
    /// <param name="keep">Share of its own weights that stays.</param>
    public void Follow(RecurrentNetwork live, double keep)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter own, Parameter other) in parameters().Zip(live.parameters()))
            own.copy_(own * (float)keep + other * (float)(1 - keep));
    }
}
