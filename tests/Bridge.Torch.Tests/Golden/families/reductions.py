"""Sums, means, extremes, softmax: fewer elements out than in, or each with a part in all others."""
import torch
import torch.nn.functional as F


def add_cases(f):
    for name, function in {"sum": torch.sum, "mean": torch.mean}.items():
        f.case(name, "all", lambda x, fn=function: fn(x), {"x": f.rand(3, 4, 2)})
        for dims in ([0], [1], [-1], [0, 2], [1, 2], [0, 1, 2]):
            for keep in (False, True):
                f.case(name, f"over {dims}, keepdim {keep}", lambda x, fn=function: fn(x, dims, keepdim=keep), {"x": f.rand(3, 4, 2)}, dims=dims, keepdim=keep)
        f.case(name, "a transposed view", lambda x, fn=function: fn(x.transpose(0, 1), [0]), {"x": f.rand(3, 4)}, dims=[0], keepdim=False, transposed=True)
    f.case("sum", "integers", lambda x: x.sum(), {"x": f.randint(3, 4, high=9)})
    f.case("sum", "bools count", lambda x: x.sum(), {"x": f.rand(3, 4) > 0})
    for name, function in {"max": torch.max, "min": torch.min}.items():
        f.case(name, "all", lambda x, fn=function: fn(x), {"x": f.rand(3, 4)})
        for dim in (0, 1, -1):
            f.case(name, f"over {dim}", lambda x, fn=function: tuple(fn(x, dim)), {"x": f.rand(3, 4, 2)}, dim=dim, keepdim=False)
        f.case(name, "keepdim", lambda x, fn=function: tuple(fn(x, 1, keepdim=True)), {"x": f.rand(3, 4)}, dim=1, keepdim=True)
    for name, function in {"argmax": torch.argmax, "argmin": torch.argmin}.items():
        f.case(name, "all", lambda x, fn=function: fn(x), {"x": f.rand(3, 4)})
        f.case(name, "over 1", lambda x, fn=function: fn(x, 1), {"x": f.rand(3, 4)}, dim=1)
    for name, function in {"amax": torch.amax, "amin": torch.amin}.items():
        f.case(name, "over [0, 2]", lambda x, fn=function: fn(x, [0, 2]), {"x": f.rand(3, 4, 2)}, dims=[0, 2], keepdim=False)
    for name, function in {"var": torch.var, "std": torch.std}.items():
        f.case(name, "all", lambda x, fn=function: fn(x), {"x": f.rand(3, 4)})
        f.case(name, "over [1]", lambda x, fn=function: fn(x, [1], unbiased=True, keepdim=True), {"x": f.rand(3, 4)}, dims=[1], unbiased=True, keepdim=True)
        f.case(name, "over [0], biased", lambda x, fn=function: fn(x, [0], unbiased=False), {"x": f.rand(3, 4)}, dims=[0], unbiased=False, keepdim=False)
    f.case("norm", "all", lambda x: torch.norm(x), {"x": f.rand(3, 4)})
    f.case("logsumexp", "over 1", lambda x: torch.logsumexp(x, 1), {"x": f.rand(3, 4)}, dim=1)
    f.case("cumsum", "over 0", lambda x: torch.cumsum(x, 0), {"x": f.rand(3, 4)}, dim=0)
    f.case("cumsum", "over 1", lambda x: torch.cumsum(x, 1), {"x": f.rand(3, 4)}, dim=1)
    for name, function in {"any": torch.any, "all": torch.all}.items():
        f.case(name, "bools", lambda x, fn=function: fn(x), {"x": f.rand(3, 4) > 0})
        f.case(name, "over 1", lambda x, fn=function: fn(x, 1), {"x": f.rand(3, 3) > 0}, dim=1)
    f.case("topk", "3 of 5", lambda x: tuple(torch.topk(x, 3, 1)), {"x": f.rand(4, 5)}, k=3, dim=1)
    f.case("sort", "over 1, descending", lambda x: tuple(torch.sort(x, 1, descending=True)), {"x": f.rand(3, 5)}, dim=1, descending=True)
    f.case("argsort", "over 0", lambda x: torch.argsort(x, 0), {"x": f.rand(5, 2)}, dim=0)
    for name, function in {"softmax": F.softmax, "log_softmax": F.log_softmax}.items():
        for dim in (0, 1, -1):
            f.case(name, f"over {dim}", lambda x, fn=function: fn(x, dim), {"x": f.rand(3, 5, 2)}, dim=dim)
        f.case(name, "far out", lambda x, fn=function: fn(x, 1), {"x": torch.tensor([[1000.0, 1000.5, -1000.0], [-500.0, -499.0, -498.0]])}, dim=1)
        f.case(name, "one class", lambda x, fn=function: fn(x, 1), {"x": f.rand(3, 1)}, dim=1)
