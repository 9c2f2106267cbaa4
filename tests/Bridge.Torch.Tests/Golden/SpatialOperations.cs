using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace Bridge.Torch.Tests.Golden;

internal static class SpatialOperations
{
    public static readonly Dictionary<string, Func<GoldenCall, torch.Tensor[]>> All = new()
    {
        ["conv2d"] = call => [F.conv2d(call["x"], call["w"], call.Optional("b"), call.Longs("stride"), call.Longs("padding"), call.Longs("dilation"), call.Long("groups", 1))],
        ["conv_transpose2d"] = call => [F.conv_transpose2d(call["x"], call["w"], call.Optional("b"), call.Longs("stride"), call.Longs("padding"), call.Longs("output_padding"), call.Longs("dilation"), call.Long("groups", 1))],
        ["max_pool2d"] = call => [F.max_pool2d(call["x"], call.Longs("kernel")!, call.Longs("stride") ?? call.Longs("kernel"), call.Longs("padding"))],
        ["avg_pool2d"] = call => [F.avg_pool2d(call["x"], call.Longs("kernel")!, call.Longs("stride") ?? call.Longs("kernel"), call.Longs("padding"))],
        ["adaptive_avg_pool2d"] = call => [F.adaptive_avg_pool2d(call["x"], call.Longs("size")!)],
        ["pad"] = call => [F.pad(call["x"], call.Longs("pad")!, Mode(call), call.Double("value"))],
        ["interpolate"] = call => [call.Text("mode") == "nearest"
            ? F.interpolate(call["x"], call.Longs("size"), mode: torch.InterpolationMode.Nearest)
            : F.interpolate(call["x"], call.Longs("size"), mode: torch.InterpolationMode.Bilinear, align_corners: call.Bool("align_corners"))],
    };

    private static PaddingModes Mode(GoldenCall call) => call.Text("mode") switch
    {
        "reflect" => PaddingModes.Reflect,
        "replicate" => PaddingModes.Replicate,
        _ => PaddingModes.Constant,
    };
}
