using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class ReductionOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["sum"] = call => [call.Longs("dims") is long[] dims ? X(call).sum(dims, call.Bool("keepdim")) : call["x"].sum()],
        ["mean"] = call => [call.Longs("dims") is long[] dims ? X(call).mean(dims, call.Bool("keepdim")) : call["x"].mean()],
        ["max"] = call => Extremum(call, (x, dim, keep) => x.max(dim, keep), x => x.max()),
        ["min"] = call => Extremum(call, (x, dim, keep) => x.min(dim, keep), x => x.min()),
        ["argmax"] = call => [HasDim(call) ? call["x"].argmax(call.Long("dim")) : call["x"].argmax()],
        ["argmin"] = call => [HasDim(call) ? call["x"].argmin(call.Long("dim")) : call["x"].argmin()],
        ["amax"] = call => [call["x"].amax(call.Longs("dims")!, call.Bool("keepdim"))],
        ["amin"] = call => [call["x"].amin(call.Longs("dims")!, call.Bool("keepdim"))],
        ["var"] = call => [call.Longs("dims") is long[] dims ? call["x"].var(dims, call.Bool("unbiased"), call.Bool("keepdim")) : call["x"].var()],
        ["std"] = call => [call.Longs("dims") is long[] dims ? call["x"].std(dims, call.Bool("unbiased"), call.Bool("keepdim")) : call["x"].std()],
        ["norm"] = call => [call["x"].norm()],
        ["logsumexp"] = call => [call["x"].logsumexp(call.Long("dim"))],
        ["cumsum"] = call => [call["x"].cumsum(call.Long("dim"))],
        ["any"] = call => [HasDim(call) ? call["x"].any(call.Long("dim")) : call["x"].any()],
        ["all"] = call => [HasDim(call) ? call["x"].all(call.Long("dim")) : call["x"].all()],
        ["topk"] = call => Pair(call["x"].topk((int)call.Long("k"), (int)call.Long("dim"))),
        ["sort"] = call => Pair(call["x"].sort(call.Long("dim"), call.Bool("descending"))),
        ["argsort"] = call => [call["x"].argsort(call.Long("dim"))],
        ["softmax"] = call => [F.softmax(call["x"], call.Long("dim"))],
        ["log_softmax"] = call => [F.log_softmax(call["x"], call.Long("dim"))],
    };

    private static torch.Tensor X(GoldenCall call) => call.Bool("transposed") ? call["x"].transpose(0, 1) : call["x"];

    private static bool HasDim(GoldenCall call) => call.OptionalDouble("dim") is not null;

    private static torch.Tensor[] Pair((torch.Tensor, torch.Tensor) pair) => [pair.Item1, pair.Item2];

    private static torch.Tensor[] Extremum(GoldenCall call, Func<torch.Tensor, long, bool, (torch.Tensor, torch.Tensor)> along, Func<torch.Tensor, torch.Tensor> all)
        => HasDim(call) ? Pair(along(call["x"], call.Long("dim"), call.Bool("keepdim"))) : [all(call["x"])];
}
