"""Whole modules with the names of their state dict: what is in it, and what the module answers in training and in use."""
import torch
from torch import nn

MODULES = {
    "linear": (lambda: nn.Linear(4, 3), (2, 4)),
    "conv2d": (lambda: nn.Conv2d(2, 3, 3, stride=2, padding=1), (2, 2, 5, 5)),
    "conv_transpose2d": (lambda: nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1), (1, 2, 4, 4)),
    "batch_norm1d": (lambda: nn.BatchNorm1d(3), (5, 3)),
    "batch_norm2d": (lambda: nn.BatchNorm2d(3), (2, 3, 4, 4)),
    "layer_norm": (lambda: nn.LayerNorm(4), (3, 4)),
    "mlp": (lambda: nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 2)), (3, 4)),
    "cnn": (lambda: nn.Sequential(nn.Conv2d(1, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3, padding=1), nn.SiLU(),
                                  nn.AvgPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.0), nn.Linear(4, 2)), (2, 1, 8, 8)),
    "activations": (lambda: nn.Sequential(nn.LeakyReLU(0.1), nn.ELU(), nn.GELU(), nn.Softplus(), nn.Sigmoid(), nn.Identity(), nn.LogSoftmax(1), nn.Softmax(1)), (3, 4)),
}


def add_cases(f):
    for name, (make, shape) in MODULES.items():
        for training in (True, False):
            add_module(f, name, make().double().train(training), shape, training)


def add_module(f, name, module, shape, training):
    state = {n: t if not t.is_floating_point() else f.rand(*t.shape, low=0.25 if n.endswith("var") else -1, high=1.25) for n, t in module.state_dict().items()}
    module.load_state_dict(state)
    parameters = [n for n, _ in module.named_parameters()]
    buffers = [n for n, _ in module.named_buffers()]

    # The buffers change as the module runs in training; the outputs tell what becomes of them, in the order of their names.
    def run(x, **values):
        y = torch.nn.utils.stateless.functional_call(module, {n: values[n] for n in parameters}, (x,))
        return (y, *[b.clone() for _, b in sorted(module.named_buffers())])

    inputs = {"x": f.rand(*shape)} | {n: t.clone() for n, t in state.items()}
    f.case(name, "training" if training else "in use", run, inputs, constants=tuple(buffers), training=training, state=list(state))
