"""Convolutions, pooling, padding, interpolation."""
import torch
import torch.nn.functional as F


def add_cases(f):
    convolutions = [((2, 3, 6, 7), (4, 3, 3, 3), {}), ((2, 3, 6, 7), (4, 3, 3, 3), {"padding": [1, 1]}), ((1, 2, 7, 7), (3, 2, 3, 3), {"stride": [2, 2], "padding": [1, 1]}),
                    ((1, 2, 8, 6), (3, 2, 3, 2), {"stride": [2, 1], "padding": [1, 0], "dilation": [2, 1]}), ((2, 4, 5, 5), (6, 2, 3, 3), {"groups": 2, "padding": [1, 1]}),
                    ((1, 4, 5, 5), (4, 1, 3, 3), {"groups": 4}), ((2, 3, 4, 4), (5, 3, 1, 1), {}), ((1, 1, 3, 3), (1, 1, 3, 3), {}), ((1, 3, 9, 9), (2, 3, 7, 7), {"stride": [2, 2], "padding": [3, 3]})]
    for x, w, options in convolutions:
        f.case("conv2d", f"{list(x)} * {list(w)} {options}", lambda x, w, b: F.conv2d(x, w, b, **options), {"x": f.rand(*x), "w": f.rand(*w, low=-1, high=1), "b": f.rand(w[0])}, **options)
    f.case("conv2d", "no bias", lambda x, w: F.conv2d(x, w, padding=1), {"x": f.rand(2, 3, 5, 5), "w": f.rand(4, 3, 3, 3)}, padding=[1, 1])
    f.case("conv2d", "16 to 16 channels", lambda x, w, b: F.conv2d(x, w, b, padding=1), {"x": f.rand(1, 16, 8, 8), "w": f.rand(16, 16, 3, 3), "b": f.rand(16)}, padding=[1, 1])
    transposed = [((2, 3, 4, 5), (3, 4, 3, 3), {}), ((2, 3, 4, 4), (3, 2, 2, 2), {"stride": [2, 2]}), ((1, 2, 4, 4), (2, 3, 3, 3), {"stride": [2, 2], "padding": [1, 1], "output_padding": [1, 1]}),
                  ((1, 4, 4, 4), (4, 2, 3, 3), {"groups": 2, "stride": [2, 1]}), ((1, 2, 4, 4), (2, 3, 3, 3), {"dilation": [2, 2]})]
    for x, w, options in transposed:
        channels = w[1] * options.get("groups", 1)
        f.case("conv_transpose2d", f"{list(x)} * {list(w)} {options}", lambda x, w, b: F.conv_transpose2d(x, w, b, **options),
               {"x": f.rand(*x), "w": f.rand(*w, low=-1, high=1), "b": f.rand(channels)}, **options)
    for options in ({"kernel": [2, 2]}, {"kernel": [3, 3], "stride": [2, 2], "padding": [1, 1]}, {"kernel": [3, 2], "stride": [1, 2]}):
        rest = {k: v for k, v in options.items() if k != "kernel"}
        f.case("max_pool2d", str(options), lambda x: F.max_pool2d(x, options["kernel"], **rest), {"x": f.rand(1, 2, 6, 7, low=-8, high=8)}, **options)
        f.case("avg_pool2d", str(options), lambda x: F.avg_pool2d(x, options["kernel"], **rest), {"x": f.rand(2, 2, 6, 7)}, **options)
    for size in ([1, 1], [2, 3], [5, 4]):
        f.case("adaptive_avg_pool2d", str(size), lambda x: F.adaptive_avg_pool2d(x, size), {"x": f.rand(2, 2, 5, 7)}, size=size)
    for mode in ("constant", "reflect", "replicate"):
        f.case("pad", mode, lambda x: F.pad(x, [1, 2, 2, 1], mode=mode), {"x": f.rand(1, 2, 4, 4)}, pad=[1, 2, 2, 1], mode=mode)
    f.case("pad", "constant 1.5, last dimension", lambda x: F.pad(x, [1, 2], value=1.5), {"x": f.rand(2, 3)}, pad=[1, 2], mode="constant", value=1.5)
    for size in ([8, 10], [3, 3], [4, 5], [7, 2]):
        f.case("interpolate", f"nearest to {size}", lambda x: F.interpolate(x, size, mode="nearest"), {"x": f.rand(1, 2, 4, 5)}, size=size, mode="nearest")
        for align in (False, True):
            f.case("interpolate", f"bilinear to {size}, align_corners {align}", lambda x: F.interpolate(x, size, mode="bilinear", align_corners=align),
                   {"x": f.rand(1, 2, 4, 5)}, size=size, mode="bilinear", align_corners=align)
