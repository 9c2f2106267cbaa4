using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class ShapeOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["reshape"] = call => [(call.Bool("transposed") ? call["x"].transpose(0, 1) : call["x"]).reshape(call.Longs("shape")!)],
        ["permute"] = call => [call["x"].permute(call.Longs("dims")!)],
        ["transpose"] = call => [call["x"].transpose(call.Longs("dims")![0], call.Longs("dims")![1])],
        ["t"] = call => [call["x"].t()],
        ["unsqueeze"] = call => [call["x"].unsqueeze(call.Long("dim"))],
        ["squeeze"] = call => [call["x"].squeeze(call.Long("dim"))],
        ["expand"] = call => [call["x"].expand(call.Longs("shape")!)],
        ["flatten"] = call => [call["x"].flatten(call.Long("start"))],
        ["narrow"] = call => [call["x"].narrow(call.Long("dim"), call.Long("start"), call.Long("length"))],
        ["slice"] = call => [call["x"].slice(call.Long("dim"), call.Long("start"), call.Long("stop"), call.Long("step"))],
        ["select"] = call => [call["x"].select(call.Long("dim"), call.Long("index"))],
        ["index"] = call => [call["x"][call["i"]]],
        ["index_pair"] = call => [call["x"].index([TensorIndex.Tensor(call["i"]), TensorIndex.Tensor(call["j"])])],
        ["index_mask"] = call => [call["x"][call["mask"]]],
        ["masked_select"] = call => [call["x"].masked_select(call["mask"])],
        ["index_select"] = call => [call["x"].index_select(call.Long("dim"), call["i"])],
        ["gather"] = call => [call["x"].gather(call.Long("dim"), call["i"])],
        ["scatter"] = call => [call["x"].scatter(call.Long("dim"), call["i"], call["src"])],
        ["scatter_add"] = call => [call["x"].scatter_add(call.Long("dim"), call["i"], call["src"])],
        ["cat"] = call => [torch.cat([.. call.Inputs.Select(input => input.Value)], call.Long("dim"))],
        ["stack"] = call => [torch.stack([.. call.Inputs.Select(input => input.Value)], call.Long("dim"))],
        ["split"] = call => call["x"].split(call.Long("size"), call.Long("dim")),
        ["chunk"] = call => call["x"].chunk(call.Long("chunks"), call.Long("dim")),
        ["unbind"] = call => call["x"].unbind((int)call.Long("dim")),
        ["flip"] = call => [call["x"].flip(call.Longs("dims")!)],
        ["repeat"] = call => [call["x"].repeat(call.Longs("times")!)],
        ["one_hot"] = call => [F.one_hot(call["i"], call.Long("classes"))],
        ["copy_slice"] = call => [Overwrite(call["x"], call["src"])],
    };

    private static torch.Tensor Overwrite(torch.Tensor x, torch.Tensor src)
    {
        torch.Tensor y = x * 2;
        y[TensorIndex.Colon, TensorIndex.Slice(1, 3)] = src;
        return y * y;
    }
}
