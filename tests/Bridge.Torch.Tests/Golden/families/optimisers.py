"""Paths of two parameters under given gradients, learning rates of the schedules, clipped gradients."""
import math

import torch

OPTIMISERS = {
    "sgd": (torch.optim.SGD, [{"lr": 0.1}, {"lr": 0.1, "momentum": 0.9}, {"lr": 0.1, "momentum": 0.9, "dampening": 0.3}, {"lr": 0.1, "momentum": 0.9, "nesterov": True},
                              {"lr": 0.1, "weight_decay": 0.05}, {"lr": 0.1, "momentum": 0.8, "weight_decay": 0.05, "nesterov": True}, {"lr": 0.1, "maximize": True}]),
    "adam": (torch.optim.Adam, [{"lr": 0.05}, {"lr": 0.05, "beta1": 0.8, "beta2": 0.95, "eps": 1e-4}, {"lr": 0.05, "weight_decay": 0.1}, {"lr": 0.05, "amsgrad": True},
                                {"lr": 0.05, "maximize": True}]),
    "adamw": (torch.optim.AdamW, [{"lr": 0.05}, {"lr": 0.05, "weight_decay": 0.3}, {"lr": 0.05, "beta1": 0.8, "beta2": 0.95, "amsgrad": True}]),
    "rmsprop": (torch.optim.RMSprop, [{"lr": 0.02}, {"lr": 0.02, "alpha": 0.9, "eps": 1e-3}, {"lr": 0.02, "momentum": 0.7}, {"lr": 0.02, "centered": True},
                                      {"lr": 0.02, "weight_decay": 0.1, "momentum": 0.5, "centered": True}]),
}
STEPS = 6


def add_cases(f):
    for name, (kind, settings) in OPTIMISERS.items():
        for options in settings:
            add_path(f, name, kind, options)
    for name, make in {
        "exponential": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.9),
        "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 7, 0.01),
        "lambda": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
        "fixmatch": lambda o: torch.optim.lr_scheduler.LambdaLR(o, lambda k: math.cos(7 * math.pi * k / (16 * 12))),
    }.items():
        add_schedule(f, name, make)
    for norm, kind in ((1.0, 2.0), (50.0, 2.0), (1.0, math.inf), (1.0, 1.0)):
        add_clipping(f, norm, kind)
    gradients = [f.rand(2, 3), f.rand(4)]
    f.case("clip_grad_value", "0.5", lambda a, b: (a.clamp(-0.5, 0.5), b.clamp(-0.5, 0.5)), {"a": gradients[0], "b": gradients[1]}, constants=("a", "b"), value=0.5)


def add_path(f, name, kind, options):
    inputs = {"a": f.rand(2, 3), "b": f.rand(5)} | {f"grad_{p}{s}": f.rand(*shape) for s in range(STEPS) for p, shape in (("a", (2, 3)), ("b", (5,)))}
    given = dict(options)
    if "beta1" in given:
        given["betas"] = (given.pop("beta1"), given.pop("beta2"))

    def run(a, b, **gradients):
        parameters = {"a": a.clone().requires_grad_(), "b": b.clone().requires_grad_()}
        optimiser = kind(list(parameters.values()), **given)
        path = []
        for step in range(STEPS):
            for p, value in parameters.items():
                value.grad = gradients[f"grad_{p}{step}"].clone()
            optimiser.step()
            path += [v.detach().clone() for v in parameters.values()]
        return path

    f.case(name, str(options), run, inputs, constants=tuple(inputs), steps=STEPS, **options)


def add_schedule(f, name, make):
    def run(start):
        optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
        schedule, rates = make(optimiser), []
        for _ in range(12):
            rates.append(optimiser.param_groups[0]["lr"])
            optimiser.step()
            schedule.step()
        return torch.tensor(rates, dtype=torch.float64)

    f.case("schedule", name, run, {"start": torch.tensor([0.5])}, constants=("start",))


def add_clipping(f, norm, kind):
    inputs = {"a": f.rand(2, 3), "b": f.rand(4)}

    def run(a, b):
        parameters = [torch.zeros_like(a, requires_grad=True), torch.zeros_like(b, requires_grad=True)]
        parameters[0].grad, parameters[1].grad = a.clone(), b.clone()
        total = torch.nn.utils.clip_grad_norm_(parameters, norm, kind)
        return parameters[0].grad, parameters[1].grad, total.reshape(1)

    f.case("clip_grad_norm", f"to {norm}, norm {kind}", run, inputs, constants=("a", "b"), max_norm=norm, norm_type="inf" if kind == math.inf else kind)
