using TorchSharp;

namespace Bridge.Torch.Tests.Golden;

internal static class BinaryOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["add"] = call => [call.OptionalDouble("alpha") is double alpha ? call["a"].add(call["b"], alpha) : call["a"] + call["b"]],
        ["sub"] = On((a, b) => a - b),
        ["mul"] = call => [call["a"] * call[call.Bool("same") ? "a" : "b"]],
        ["div"] = call => call.Bool("positional") ? [call["input"] / call["other"]] : [call["a"] / call["b"]],
        ["maximum"] = On(torch.maximum), ["minimum"] = On(torch.minimum),
        ["eq"] = On((a, b) => a.eq(b)), ["ne"] = On((a, b) => a.ne(b)), ["lt"] = On((a, b) => a < b), ["le"] = On((a, b) => a <= b),
        ["gt"] = On((a, b) => a > b), ["ge"] = On((a, b) => a >= b), ["logical_and"] = On((a, b) => a.logical_and(b)),
        ["logical_or"] = On((a, b) => a.logical_or(b)), ["logical_xor"] = On((a, b) => a.logical_xor(b)),
        ["bitwise_and"] = On((a, b) => a & b), ["bitwise_or"] = On((a, b) => a | b), ["bitwise_xor"] = On((a, b) => a ^ b), ["bitwise_not"] = call => [~call["a"]],
        ["pow_tensor"] = call => [call["input"].pow(call["exponent"])],
        ["lerp"] = call => [call["a"].lerp(call["b"], call.Double("weight"))],
        ["addcmul"] = call => [call["a"].addcmul(call["b"], call["c"], call.Double("value"))],
        ["addcdiv"] = call => [call["a"].addcdiv(call["b"], call["c"], call.Double("value"))],
        ["scalar_add"] = OnScalar((a, s) => a + s), ["scalar_sub"] = OnScalar((a, s) => a - s), ["scalar_mul"] = OnScalar((a, s) => a * s),
        ["scalar_div"] = OnScalar((a, s) => a / s), ["scalar_rsub"] = OnScalar((a, s) => s - a), ["scalar_rdiv"] = OnScalar((a, s) => s / a),
        ["where"] = call => [torch.where(call["c"], call["a"], call["b"])],
        ["masked_fill"] = call => [call["x"].masked_fill(call["mask"], call.Double("value"))],
    };

    private static Func<GoldenCall, torch.Tensor[]> On(Func<torch.Tensor, torch.Tensor, torch.Tensor> function) => call => [function(call["a"], call["b"])];

    private static Func<GoldenCall, torch.Tensor[]> OnScalar(Func<torch.Tensor, Scalar, torch.Tensor> function)
        => call => [function(call["a"], (Scalar)call.Double("scalar"))];
}
