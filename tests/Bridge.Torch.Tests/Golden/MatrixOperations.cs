using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class MatrixOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["matmul"] = call => [torch.matmul(call["input"], call["other"])],
        ["matmul_t"] = call => [call["a"].t().matmul(call["b"])],
        ["mm"] = call => [call["a"].mm(call["b"])],
        ["bmm"] = call => [call["a"].bmm(call["b"])],
        ["addmm"] = call => [call["c"].addmm(call["a"], call["b"], (float)call.Double("beta"), (float)call.Double("alpha"))],
        ["linear"] = call => [F.linear(call["input"], call["weight"], call.Optional("bias"))],
    };
}
