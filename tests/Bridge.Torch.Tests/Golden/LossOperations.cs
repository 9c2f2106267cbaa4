using TorchSharp;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class LossOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["mse_loss"] = call => [F.mse_loss(call["input"], call["target"], Reduce(call))],
        ["l1_loss"] = call => [F.l1_loss(call["input"], call["target"], Reduce(call))],
        ["smooth_l1_loss"] = call => [F.smooth_l1_loss(call["input"], call["target"], Reduce(call), call.Double("beta"))],
        ["huber_loss"] = call => [F.huber_loss(call["input"], call["target"], call.Double("delta"), Reduce(call))],
        ["cross_entropy"] = call => [F.cross_entropy(call["input"], call["target"], call.Optional("weight"), reduction: Reduce(call), label_smoothing: call.Double("smoothing"))],
        ["nll_loss"] = call => [F.nll_loss(call["input"], call["target"], reduction: Reduce(call))],
        ["bce_with_logits"] = call => [F.binary_cross_entropy_with_logits(call["input"], call["target"], call.Optional("weight"), Reduce(call), call.Optional("pos"))],
        ["binary_cross_entropy"] = call => [F.binary_cross_entropy(call["input"], call["target"], reduction: Reduce(call))],
    };

    private static Reduction Reduce(GoldenCall call) => call.Text("reduction") switch
    {
        "sum" => Reduction.Sum,
        "none" => Reduction.None,
        _ => Reduction.Mean,
    };
}
