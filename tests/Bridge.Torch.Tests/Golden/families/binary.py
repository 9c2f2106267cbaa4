"""Two or three tensors in, one out, with broadcasting."""
import torch

SHAPES = [((3, 4), (3, 4)), ((3, 4), (4,)), ((2, 1, 4), (3, 1)), ((2, 3), ()), ((), (2, 3)), ((1,), (2, 2, 2)), ((2, 3, 4), (2, 1, 1))]
SMOOTH = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "maximum": torch.maximum, "minimum": torch.minimum}
COMPARE = {"eq": torch.eq, "ne": torch.ne, "lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge}


def add_cases(f):
    for name, function in SMOOTH.items():
        for a, b in SHAPES:
            inputs = {"a": f.rand(*a), "b": f.rand(*b, low=0.5, high=2.5)}
            f.case(name, f"{list(a)} and {list(b)}", lambda a, b, fn=function: fn(a, b), inputs)
    f.case("mul", "a tensor with itself", lambda a: a * a, {"a": f.rand(3, 3)}, same=True)
    f.case("add", "alpha 0.5", lambda a, b: torch.add(a, b, alpha=0.5), {"a": f.rand(2, 3), "b": f.rand(3)}, alpha=0.5)
    f.case("pow_tensor", "[3, 4] and [4]", torch.pow, {"input": f.rand(3, 4, low=0.3, high=3), "exponent": f.rand(4)})
    f.case("lerp", "weight 0.3", lambda a, b: torch.lerp(a, b, 0.3), {"a": f.rand(2, 3), "b": f.rand(2, 3)}, weight=0.3)
    f.case("addcmul", "value 0.5", lambda a, b, c: torch.addcmul(a, b, c, value=0.5), {"a": f.rand(2, 3), "b": f.rand(2, 3), "c": f.rand(3)}, value=0.5)
    f.case("addcdiv", "value 0.5", lambda a, b, c: torch.addcdiv(a, b, c, value=0.5),
           {"a": f.rand(2, 3), "b": f.rand(2, 3), "c": f.rand(2, 3, low=0.5)}, value=0.5)
    for scalar in (2.5, -0.5):
        inputs = {"a": f.rand(2, 3, low=0.5)}
        f.case("scalar_add", str(scalar), lambda a: a + scalar, inputs, scalar=scalar)
        f.case("scalar_sub", str(scalar), lambda a: a - scalar, inputs, scalar=scalar)
        f.case("scalar_mul", str(scalar), lambda a: a * scalar, inputs, scalar=scalar)
        f.case("scalar_div", str(scalar), lambda a: a / scalar, inputs, scalar=scalar)
        f.case("scalar_rsub", str(scalar), lambda a: scalar - a, inputs, scalar=scalar)
        f.case("scalar_rdiv", str(scalar), lambda a: scalar / a, inputs, scalar=scalar)
    left = torch.tensor([[1.0, 2.0, 3.0], [-1.0, 0.0, 2.0]], dtype=torch.float64)
    for name, function in COMPARE.items():
        f.case(name, "floats", lambda a, b, fn=function: fn(a, b), {"a": left, "b": torch.tensor([1.0, 0.0, 3.0])}, constants=("a", "b"))
        f.case(name, "integers", lambda a, b, fn=function: fn(a, b), {"a": left.long(), "b": torch.tensor([[1], [2]])})
    for name, function in {"logical_and": torch.logical_and, "logical_or": torch.logical_or, "logical_xor": torch.logical_xor}.items():
        f.case(name, "broadcast", lambda a, b, fn=function: fn(a, b), {"a": left > 1, "b": torch.tensor([True, False, True])})
    for name, function in {"bitwise_and": torch.bitwise_and, "bitwise_or": torch.bitwise_or, "bitwise_xor": torch.bitwise_xor}.items():
        f.case(name, "bools", lambda a, b, fn=function: fn(a, b), {"a": left > 1, "b": torch.tensor([True, False, True])})
    f.case("bitwise_not", "bools", lambda a: ~a, {"a": left > 1})
    integers = {"a": f.randint(2, 3, high=9), "b": f.randint(3, high=5) + 1}
    for name in ("add", "sub", "mul"):
        f.case(name, "integers", lambda a, b, fn=SMOOTH[name]: fn(a, b), integers)
    f.case("div", "integers give floats", torch.div, {"input": integers["a"], "other": integers["b"]}, positional=True)
    f.case("where", "broadcast", lambda c, a, b: torch.where(c, a, b), {"c": left > 1, "a": f.rand(2, 3), "b": f.rand(3)})
    f.case("masked_fill", "a row of the mask for all", lambda x, mask: x.masked_fill(mask, -1.5),
           {"x": f.rand(2, 3), "mask": torch.tensor([True, False, True])}, value=-1.5)
