#!/usr/bin/python3
"""Writes fixmatch-golden.json: FixMatch's loss and its gradient by PyTorch, in float64, from the equations and not from our code.

    /usr/bin/python3 tests/Bridge.Agents.Tests/Classifier/SemiSupervised/make-fixmatch-golden.py        (Debian: python3-torch)
"""
import json
import pathlib

import torch
import torch.nn.functional as F

generator = torch.Generator().manual_seed(9)


def logits(rows):
    """Exact in float32."""
    return (torch.randn(rows, 2, generator=generator) * 64 * 1.5).round().double() / 64


cases = []
for labelled, unlabelled, cut_off, weight in [(4, 16, 0.8, 5.0), (2, 8, 0.95, 1.0), (3, 12, 0.5, 2.0), (2, 4, 0.9999, 5.0)]:
    x, weak, strong = logits(labelled).requires_grad_(), logits(unlabelled), logits(unlabelled).requires_grad_()
    y = torch.randint(0, 2, (labelled,), generator=generator)
    probability, pseudo = torch.softmax(weak, 1).max(1)
    mask = (probability >= cut_off).double()
    loss = F.cross_entropy(x, y) + weight * (F.cross_entropy(strong, pseudo, reduction="none") * mask).mean()
    loss.backward()
    cases.append({
        "cut_off": cut_off, "weight": weight, "labels": y.tolist(), "labelled": x.tolist(), "weak": weak.tolist(), "strong": strong.tolist(),
        "confident": mask.nonzero().flatten().tolist(), "loss": loss.item(), "labelled_gradient": x.grad.tolist(), "strong_gradient": strong.grad.tolist(),
    })
    assert 0 < mask.sum() < unlabelled or cut_off in (0.5, 0.9999)
path = pathlib.Path(__file__).with_name("fixmatch-golden.json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}, indent=1) + "\n")
