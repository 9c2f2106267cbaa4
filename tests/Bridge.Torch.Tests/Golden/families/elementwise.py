"""One tensor in, one tensor out, element by element."""
import torch
import torch.nn.functional as F

ANYWHERE = {
    "neg": torch.neg, "abs": torch.abs, "exp": torch.exp, "expm1": torch.expm1, "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh,
    "sigmoid": torch.sigmoid, "relu": torch.relu, "square": torch.square, "erf": torch.erf, "sign": torch.sign, "floor": torch.floor,
    "ceil": torch.ceil, "round": torch.round, "silu": F.silu, "gelu": F.gelu, "softplus": F.softplus,
    "elu": F.elu, "logsigmoid": F.logsigmoid,
}
POSITIVE = {"log": torch.log, "log1p": torch.log1p, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt, "reciprocal": torch.reciprocal}


def add_cases(f):
    for name, function in ANYWHERE.items():
        f.case(name, "values of both signs", lambda x, fn=function: fn(x), {"x": f.rand(3, 5, low=-3, high=3)})
    for name, function in POSITIVE.items():
        f.case(name, "positive values", lambda x, fn=function: fn(x), {"x": f.rand(3, 5, low=0.5, high=4)})
    big = torch.tensor([-200.0, -88.0, -20.0, 0.5, 20.0, 88.0, 200.0], dtype=torch.float64)
    for name in ("tanh", "sigmoid", "softplus", "silu", "logsigmoid", "gelu", "elu"):
        f.case(name, "far out", lambda x, fn=ANYWHERE[name]: fn(x), {"x": big})
    f.case("relu", "a transposed view", lambda x: torch.relu(x.transpose(0, 1)), {"x": f.rand(3, 5)}, transposed=True)
    f.case("tanh", "a transposed view", lambda x: torch.tanh(x.transpose(0, 1)), {"x": f.rand(3, 5)}, transposed=True)
    f.case("leaky_relu", "slope 0.2", lambda x: F.leaky_relu(x, 0.2), {"x": f.rand(4, 4)}, slope=0.2)
    for exponent in (2.0, 3.0, 0.5, -1.0, 1.7):
        f.case("pow", f"to the {exponent}", lambda x: torch.pow(x, exponent), {"x": f.rand(3, 4, low=0.3, high=3)}, exponent=exponent)
    f.case("clamp", "both sides", lambda x: torch.clamp(x, -0.75, 0.5), {"x": f.rand(4, 5)}, min=-0.75, max=0.5)
    f.case("clamp", "below only", lambda x: torch.clamp(x, min=-0.25), {"x": f.rand(4, 5)}, min=-0.25)
    f.case("clamp", "above only", lambda x: torch.clamp(x, max=0.25), {"x": f.rand(4, 5)}, max=0.25)
    f.case("logical_not", "bools", torch.logical_not, {"input": f.rand(3, 4) > 0})
    for dtype in (torch.int64, torch.bool):
        f.case("to", str(dtype), lambda x: x.to(dtype), {"x": torch.tensor([-2.5, -1.0, 0.0, 0.5, 3.75])}, dtype=str(dtype)[6:])
