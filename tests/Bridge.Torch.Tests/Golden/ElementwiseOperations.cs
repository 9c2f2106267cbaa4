using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class ElementwiseOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["neg"] = On(x => -x), ["abs"] = On(x => x.abs()), ["exp"] = On(x => x.exp()), ["expm1"] = On(x => x.expm1()), ["sin"] = On(x => x.sin()),
        ["cos"] = On(x => x.cos()), ["tanh"] = On(x => x.tanh()), ["sigmoid"] = On(x => x.sigmoid()), ["relu"] = On(x => F.relu(x)),
        ["square"] = On(x => x.square()), ["erf"] = On(x => x.erf()), ["sign"] = On(x => x.sign()), ["floor"] = On(x => x.floor()),
        ["ceil"] = On(x => x.ceil()), ["round"] = On(x => x.round()), ["silu"] = On(x => F.silu(x)),
        ["gelu"] = On(x => F.gelu(x)), ["softplus"] = On(x => F.softplus(x)), ["elu"] = On(x => F.elu(x, 1.0)),
        ["logsigmoid"] = On(x => F.logsigmoid(x)), ["log"] = On(x => x.log()), ["log1p"] = On(x => x.log1p()),
        ["sqrt"] = On(x => x.sqrt()), ["rsqrt"] = On(x => x.rsqrt()), ["reciprocal"] = On(x => x.reciprocal()),
        ["leaky_relu"] = call => [F.leaky_relu(call["x"], call.Double("slope"))],
        ["pow"] = call => [call["x"].pow(call.Double("exponent"))],
        ["clamp"] = call => [call["x"].clamp(Limit(call, "min"), Limit(call, "max"))],
        ["logical_not"] = call => [call["input"].logical_not()],
        ["to"] = call => [call["x"].to(call.Text("dtype") == "bool" ? torch.ScalarType.Bool : torch.ScalarType.Int64)],
    };

    private static Func<GoldenCall, torch.Tensor[]> On(Func<torch.Tensor, torch.Tensor> function)
        => call => [function(call.Bool("transposed") ? call["x"].transpose(0, 1) : call["x"])];

    private static Scalar? Limit(GoldenCall call, string name) => call.OptionalDouble(name) is double limit ? (Scalar)limit : null;
}
