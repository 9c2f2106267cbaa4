using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Torch.Tests.Golden;

internal static class RecurrentOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> All = new()
    {
        ["lstm"] = Lstm, ["gru"] = Gru, ["lstm_cell"] = LstmCell, ["gru_cell"] = GruCell,
    };

    private static Tensor[] Lstm(GoldenCall call)
    {
        var module = nn.LSTM(call.Long("features"), call.Long("hidden"), call.Long("layers"), call.Bool("bias"), call.Bool("batch_first"), 0, call.Bool("bidirectional"));
        TakeWeights(call, module);
        (Tensor, Tensor)? state = call.Optional("h0") is Tensor h0 ? (h0, call["c0"]) : null;
        var (output, h, c) = module.call(call["x"], state);
        return [output, h, c];
    }

    private static Tensor[] Gru(GoldenCall call)
    {
        var module = nn.GRU(call.Long("features"), call.Long("hidden"), call.Long("layers"), call.Bool("bias"), call.Bool("batch_first"), 0, call.Bool("bidirectional"));
        TakeWeights(call, module);
        var (output, h) = module.call(call["x"], call.Optional("h0"));
        return [output, h];
    }

    private static Tensor[] LstmCell(GoldenCall call)
    {
        var module = nn.LSTMCell(call.Long("features"), call.Long("hidden"), call.Bool("bias"));
        TakeWeights(call, module);
        var (h, c) = module.call(call["x"], (call["h0"], call["c0"]));
        return [h, c];
    }

    private static Tensor[] GruCell(GoldenCall call)
    {
        var module = nn.GRUCell(call.Long("features"), call.Long("hidden"), call.Bool("bias"));
        TakeWeights(call, module);
        return [module.call(call["x"], call["h0"])];
    }

    /// <summary>Loads the weights of the case; their gradients are then those of the module's parameters.</summary>
    private static void TakeWeights(GoldenCall call, nn.Module module)
    {
        module.load_state_dict(call.Inputs.Where(input => input.Name is not ("x" or "h0" or "c0")).ToDictionary(input => input.Name, input => input.Value));
        foreach (var (name, parameter) in module.named_parameters())
            call.Bind(name, parameter);
    }
}
