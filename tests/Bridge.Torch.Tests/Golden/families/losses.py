"""Losses, with every reduction."""
import torch
import torch.nn.functional as F


def add_cases(f):
    for reduction in ("mean", "sum", "none"):
        pair = lambda: {"input": f.rand(4, 3), "target": f.rand(4, 3)}
        f.case("mse_loss", reduction, lambda input, target: F.mse_loss(input, target, reduction=reduction), pair(), reduction=reduction)
        f.case("l1_loss", reduction, lambda input, target: F.l1_loss(input, target, reduction=reduction), pair(), reduction=reduction)
        for beta in (1.0, 0.5):
            f.case("smooth_l1_loss", f"{reduction}, beta {beta}", lambda input, target: F.smooth_l1_loss(input, target, reduction=reduction, beta=beta),
                   pair(), reduction=reduction, beta=beta)
        f.case("huber_loss", f"{reduction}, delta 0.7", lambda input, target: F.huber_loss(input, target, reduction=reduction, delta=0.7), pair(), reduction=reduction, delta=0.7)
        classes = torch.tensor([2, 0, 1, 2])
        f.case("cross_entropy", reduction, lambda input, target: F.cross_entropy(input, target, reduction=reduction),
               {"input": f.rand(4, 3), "target": classes}, reduction=reduction)
        f.case("cross_entropy", f"{reduction}, class weights", lambda input, target, weight: F.cross_entropy(input, target, weight, reduction=reduction),
               {"input": f.rand(4, 3), "target": classes, "weight": f.rand(3, low=0.5)}, constants=("weight",), reduction=reduction)
        f.case("cross_entropy", f"{reduction}, smoothing 0.1", lambda input, target: F.cross_entropy(input, target, reduction=reduction, label_smoothing=0.1),
               {"input": f.rand(4, 3), "target": classes}, reduction=reduction, smoothing=0.1)
        f.case("cross_entropy", f"{reduction}, one ignored", lambda input, target: F.cross_entropy(input, target, reduction=reduction),
               {"input": f.rand(4, 3), "target": torch.tensor([2, -100, 1, 0])}, reduction=reduction)
        f.case("nll_loss", reduction, lambda input, target: F.nll_loss(input, target, reduction=reduction), {"input": f.rand(4, 3), "target": classes}, reduction=reduction)
        zero_one = (f.rand(4, 3) > 0).double()
        f.case("bce_with_logits", reduction, lambda input, target: F.binary_cross_entropy_with_logits(input, target, reduction=reduction),
               {"input": f.rand(4, 3), "target": zero_one}, constants=("target",), reduction=reduction)
        f.case("bce_with_logits", f"{reduction}, weights", lambda input, target, weight, pos: F.binary_cross_entropy_with_logits(input, target, weight, reduction=reduction, pos_weight=pos),
               {"input": f.rand(4, 3), "target": zero_one, "weight": f.rand(4, 3, low=0.5), "pos": f.rand(3, low=0.5)}, constants=("target", "weight", "pos"), reduction=reduction)
        f.case("binary_cross_entropy", reduction, lambda input, target: F.binary_cross_entropy(input, target, reduction=reduction),
               {"input": f.rand(4, 3, low=0.1, high=0.9), "target": zero_one}, constants=("target",), reduction=reduction)
    far = torch.tensor([[90.0, -90.0], [300.0, -300.0]])
    f.case("bce_with_logits", "far out", lambda input, target: F.binary_cross_entropy_with_logits(input, target), {"input": far, "target": torch.tensor([[0.0, 1.0], [1.0, 0.0]])}, constants=("target",), reduction="mean")
    f.case("cross_entropy", "images: [2, 3, 2, 2]", lambda input, target: F.cross_entropy(input, target), {"input": f.rand(2, 3, 2, 2), "target": f.randint(2, 2, 2, high=3)}, reduction="mean")
    f.case("cross_entropy", "probabilities", lambda input, target: F.cross_entropy(input, target),
           {"input": f.rand(4, 3), "target": torch.softmax(f.rand(4, 3), 1).float().double()}, constants=("target",), reduction="mean")
