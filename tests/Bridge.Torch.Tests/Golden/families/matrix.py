"""Matrix products."""
import torch
import torch.nn.functional as F


def add_cases(f):
    pairs = [((3, 4), (4, 5)), ((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 3)), ((2, 3, 4), (2, 4, 2)), ((2, 1, 3, 4), (3, 4, 2)), ((5, 3, 4), (4, 2)),
             ((1, 1), (1, 1)), ((17, 33), (33, 9)), ((1, 7), (7, 1))]
    for a, b in pairs:
        f.case("matmul", f"{list(a)} x {list(b)}", torch.matmul, {"input": f.rand(*a), "other": f.rand(*b)})
    f.case("matmul_t", "a transposed x b", lambda a, b: torch.matmul(a.t(), b), {"a": f.rand(4, 3), "b": f.rand(4, 5)})
    f.case("mm", "[3, 4] x [4, 2]", lambda a, b: torch.mm(a, b), {"a": f.rand(3, 4), "b": f.rand(4, 2)})
    f.case("bmm", "[2, 3, 4] x [2, 4, 2]", lambda a, b: torch.bmm(a, b), {"a": f.rand(2, 3, 4), "b": f.rand(2, 4, 2)})
    f.case("addmm", "beta 0.5, alpha 2", lambda c, a, b: torch.addmm(c, a, b, beta=0.5, alpha=2), {"c": f.rand(2), "a": f.rand(3, 4), "b": f.rand(4, 2)}, beta=0.5, alpha=2.0)
    for shape in ((3, 4), (2, 3, 4), (4,)):
        f.case("linear", f"{list(shape)}, bias", F.linear, {"input": f.rand(*shape), "weight": f.rand(5, 4), "bias": f.rand(5)})
    f.case("linear", "[3, 4], no bias", F.linear, {"input": f.rand(3, 4), "weight": f.rand(5, 4)})
    f.case("linear", "33 to 17", F.linear, {"input": f.rand(20, 33), "weight": f.rand(17, 33), "bias": f.rand(17)})
