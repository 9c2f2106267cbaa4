using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class NormalisationOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["batch_norm"] = BatchNorm,
        ["layer_norm"] = call => [F.layer_norm(call["x"], call.Longs("normalised")!, call.Optional("weight"), call.Optional("bias"))],
    };

    private static torch.Tensor[] BatchNorm(GoldenCall call)
    {
        torch.Tensor? mean = call.Optional("running_mean"), variance = call.Optional("running_var");
        torch.Tensor y = F.batch_norm(call["x"], mean, variance, call.Optional("weight"), call.Optional("bias"), call.Bool("training"), call.Double("momentum"));
        return mean is null ? [y] : [y, mean, variance!];
    }
}
