#!/usr/bin/python3
"""Writes the golden files of this folder: what PyTorch answers, for every operation and layer of Bridge.Torch.

    /usr/bin/python3 tests/Bridge.Torch.Tests/Golden/make-golden.py        (Debian: python3-torch)

Each family is one JSON file of cases. Inputs are exact in float32; PyTorch computes in float64, so a difference is our rounding and not its own.
The gradients are those of sum(output * weight) over all outputs, with the weights of the case.
"""
import importlib
import json
import pathlib
import sys

import torch

FOLDER = pathlib.Path(__file__).parent
FAMILIES = ["elementwise", "binary", "reductions", "shapes", "matrix", "losses", "spatial", "normalisation", "recurrent", "layers", "optimisers"]


def tensor_json(t):
    """Shape, type and values; floats with nine digits, which give every float32 back exactly."""
    t = t.detach()
    if t.is_floating_point():
        values = [float(f"{v:.9g}") for v in t.double().flatten().tolist()]
        return {"dtype": "float32", "shape": list(t.shape), "values": values}
    return {"dtype": str(t.dtype).replace("torch.", ""), "shape": list(t.shape), "values": t.flatten().tolist()}


class Family:
    """The cases of one file, and a source of inputs of its own, so that a new case in one family changes no other."""

    def __init__(self, name):
        self.name, self.cases = name, []
        self.generator = torch.Generator().manual_seed(sum(map(ord, name)))

    def rand(self, *shape, low=-2.0, high=2.0):
        """Values at least 1/64 apart from each other (as far as they fit) and from the multiples of 1/32, so that kinks are not touched."""
        count = int(torch.tensor(shape).prod()) if shape else 1
        steps = int((high - low) * 32)
        picked = torch.randperm(max(steps, count), generator=self.generator)[:count] % steps
        return ((picked.double() + 0.5) / 32 + low).float().double().reshape(shape)

    def randint(self, *shape, high):
        return torch.randint(0, high, shape, generator=self.generator)

    def case(self, op, title, function, inputs, constants=(), **args):
        """One call of function(**inputs); inputs named in constants, and integers, get no gradient. args tell the tests the same call."""
        values = {name: t.clone() for name, t in inputs.items()}
        wanted = [n for n, t in values.items() if t.is_floating_point() and n not in constants]
        for name in wanted:
            values[name].requires_grad_()
        outputs = function(**values)
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        entry = {"op": op, "case": title, "args": args, "inputs": {n: tensor_json(t) for n, t in inputs.items()},
                 "outputs": [tensor_json(o) for o in outputs]}
        smooth = [o for o in outputs if o.is_floating_point() and o.requires_grad]
        if smooth:
            weights = [self.rand(*o.shape, low=-1, high=1) if o.is_floating_point() and o.requires_grad else None for o in outputs]
            sum((o * w).sum() for o, w in zip(outputs, weights) if w is not None).backward()
            entry["weights"] = [None if w is None else tensor_json(w) for w in weights]
            entry["grads"] = {n: tensor_json(values[n].grad) for n in wanted if values[n].grad is not None}
        self.cases.append(entry)

    def write(self):
        head = {"reference": "PyTorch " + torch.__version__, "family": self.name}
        lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in self.cases)
        path = FOLDER / f"{self.name}.json"
        path.write_text(json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}\n")
        print(f"{path.name}: {len(self.cases)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    torch.set_num_threads(1)
    sys.path.insert(0, str(FOLDER))
    for family in (sys.argv[1:] or FAMILIES):
        module = importlib.import_module("families." + family)
        file = Family(family)
        module.add_cases(file)
        file.write()
