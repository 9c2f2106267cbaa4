"""LSTM and GRU, over sequences and one step at a time; weights under PyTorch's own names."""
import torch

MODULES = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "lstm_cell": torch.nn.LSTMCell, "gru_cell": torch.nn.GRUCell}
# The functions that the modules call; the modules themselves keep a second list of their weights, which functional_call does not replace.
FUNCTIONS = {"lstm": torch.lstm, "gru": torch.gru, "lstm_cell": torch.lstm_cell, "gru_cell": torch.gru_cell}


def add_cases(f):
    for layers, batch_first, bidirectional, bias in ((1, False, False, True), (2, False, False, True), (2, True, False, True), (1, True, False, False), (1, False, True, True)):
        for kind in ("lstm", "gru"):
            add_sequence(f, kind, layers, batch_first, bidirectional, bias)
    for kind in ("lstm", "gru"):
        add_sequence(f, kind, 1, True, False, True, given_state=False)
    for kind in ("lstm_cell", "gru_cell"):
        for bias in (True, False):
            add_cell(f, kind, bias)


def weights_of(f, module):
    return {name: f.rand(*p.shape, low=-0.75, high=0.75) for name, p in module.named_parameters()}


def add_sequence(f, kind, layers, batch_first, bidirectional, bias, given_state=True):
    features, hidden, steps, batch = 3, 4, 5, 2
    module = MODULES[kind](features, hidden, layers, bias=bias, batch_first=batch_first, bidirectional=bidirectional).double()
    shape = (batch, steps, features) if batch_first else (steps, batch, features)
    state = (layers * (2 if bidirectional else 1), batch, hidden)
    inputs = {"x": f.rand(*shape)} | weights_of(f, module)
    if given_state:
        inputs["h0"] = f.rand(*state, low=-1, high=1)
        if kind == "lstm":
            inputs["c0"] = f.rand(*state, low=-1, high=1)

    def run(x, h0=None, c0=None, **weights):
        h0 = torch.zeros(state, dtype=x.dtype) if h0 is None else h0
        start = (h0, torch.zeros_like(h0) if c0 is None else c0) if kind == "lstm" else h0
        flat = [weights[n] for n, _ in module.named_parameters()]
        return FUNCTIONS[kind](x, start, flat, bias, layers, 0.0, True, bidirectional, batch_first)

    title = f"layers {layers}, batch_first {batch_first}, bidirectional {bidirectional}, bias {bias}, state {given_state}"
    f.case(kind, title, run, inputs, features=features, hidden=hidden, layers=layers, batch_first=batch_first, bidirectional=bidirectional, bias=bias)


def add_cell(f, kind, bias):
    features, hidden, batch = 3, 4, 2
    module = MODULES[kind](features, hidden, bias=bias).double()
    inputs = {"x": f.rand(batch, features), "h0": f.rand(batch, hidden, low=-1, high=1)} | weights_of(f, module)
    if kind == "lstm_cell":
        inputs["c0"] = f.rand(batch, hidden, low=-1, high=1)

    def run(x, h0, c0=None, **weights):
        return FUNCTIONS[kind](x, h0 if c0 is None else (h0, c0), *[weights[n] for n, _ in module.named_parameters()])

    f.case(kind, f"bias {bias}", run, inputs, features=features, hidden=hidden, bias=bias)
