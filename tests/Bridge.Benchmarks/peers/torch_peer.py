"""PyTorch's side of the torch benchmark. First argument: threads. Then one line a request, "CASE SECONDS"; the answer is the median and the least time of a run in
nanoseconds. The cases are those of Tensors/TensorCases.cs, with the same shapes. With --probe: says yes if PyTorch is here."""
import os
import sys
import time

THREADS = "1" if sys.argv[1] == "--probe" else sys.argv[1]
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = THREADS

import torch
import torch.nn.functional as F
from torch import nn


def matmul(n):
    a, b = torch.rand(n, n), torch.rand(n, n)

    def run():
        with torch.no_grad():
            a @ b
    return run


def dqn():
    return nn.Sequential(nn.Linear(16, 128), nn.ReLU(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 1))


def dqn_forward(rows):
    network, x = dqn(), torch.rand(rows, 16)

    def run():
        with torch.no_grad():
            network(x)
    return run


def dqn_step():
    network, target = dqn(), dqn()
    optimiser = torch.optim.Adam(network.parameters(), 0.01)
    state, following, reward = torch.rand(128, 16), torch.rand(128, 16), torch.rand(128, 1)

    def run():
        with torch.no_grad():
            y = reward + 0.99 * target(following)
        loss = F.smooth_l1_loss(network(state), y)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return run


def two_layers(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, outputs))


def sac_update():
    actor, critics, targets = two_layers(8, 4), [two_layers(10, 1) for _ in range(2)], [two_layers(10, 1) for _ in range(2)]
    log_alpha = torch.zeros(1, requires_grad=True)
    actor_optimiser = torch.optim.Adam(actor.parameters(), 3e-4)
    critic_optimiser = torch.optim.Adam([p for critic in critics for p in critic.parameters()], 3e-4)
    alpha_optimiser = torch.optim.Adam([log_alpha], 3e-4)
    state, action, reward, following = torch.rand(256, 8), torch.rand(256, 2), torch.rand(256, 1), torch.rand(256, 8)

    def sample(s):
        out = actor(s)
        mean, log_std = out[:, :2], out[:, 2:].clamp(-20, 2)
        noise = torch.randn(256, 2)
        act = (mean + log_std.exp() * noise).tanh()
        log_prob = (-0.5 * noise.square() - log_std - 0.9189385 - (1 - act.square() + 1e-6).log()).sum(1, keepdim=True)
        return act, log_prob

    def run():
        alpha = log_alpha.detach().exp()
        with torch.no_grad():
            act, log_prob = sample(following)
            both = torch.cat([following, act], 1)
            y = reward + 0.99 * (torch.minimum(targets[0](both), targets[1](both)) - alpha * log_prob)
        taken = torch.cat([state, action], 1)
        loss = F.mse_loss(critics[0](taken), y) + F.mse_loss(critics[1](taken), y)
        critic_optimiser.zero_grad()
        loss.backward()
        critic_optimiser.step()
        act, log_prob = sample(state)
        both = torch.cat([state, act], 1)
        actor_loss = (alpha * log_prob - torch.minimum(critics[0](both), critics[1](both))).mean()
        actor_optimiser.zero_grad()
        actor_loss.backward()
        actor_optimiser.step()
        alpha_loss = -(log_alpha * (log_prob.detach() - 2)).mean()
        alpha_optimiser.zero_grad()
        alpha_loss.backward()
        alpha_optimiser.step()
        with torch.no_grad():
            for target, critic in zip(targets, critics):
                for p, q in zip(target.parameters(), critic.parameters()):
                    p.lerp_(q, 0.005)
    return run


def conv(backward):
    layer, x = nn.Conv2d(64, 64, 3, padding=1), torch.rand(32, 64, 24, 24, requires_grad=backward)
    gradient = torch.rand(32, 64, 24, 24)

    def forward_only():
        with torch.no_grad():
            layer(x)

    def both():
        layer.zero_grad()
        x.grad = None
        layer(x).backward(gradient)
    return both if backward else forward_only


class Residual(nn.Module):
    """Two 3 x 3 convolutions with what came in added, as Bridge.Agents/Classifier/Networks/ResidualBlock.cs."""

    def __init__(self, inside, outside, stride):
        super().__init__()
        self.first, self.first_norm = nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside)
        self.second, self.second_norm = nn.Conv2d(outside, outside, 3, 1, 1, bias=False), nn.BatchNorm2d(outside)
        self.around = None if stride == 1 and inside == outside else nn.Sequential(nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside))

    def forward(self, x):
        y = self.second_norm(self.second(F.relu(self.first_norm(self.first(x)), inplace=True)))
        return F.relu(y + (x if self.around is None else self.around(x)), inplace=True)


def holes(size, train):
    """SmallResNet at width 16."""
    network = nn.Sequential(nn.Conv2d(1, 16, 3, 2, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True), Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 64, 2), Residual(64, 64, 2),
                            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(64, 3))
    network.train(train)
    optimiser = torch.optim.AdamW(network.parameters(), 1e-3)
    x, labels = torch.rand(64, 1, size, size), torch.zeros(64, dtype=torch.int64)

    def score():
        with torch.no_grad():
            network(x)

    def step():
        loss = F.cross_entropy(network(x)[:, :2], labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return step if train else score


def lstm(backward):
    network, x = nn.LSTM(256, 256, 2), torch.rand(20, 32, 256)

    def forward_only():
        with torch.no_grad():
            network(x)

    def both():
        network.zero_grad()
        network(x)[0].sum().backward()
    return both if backward else forward_only


CASES = {f"matmul-{n}": (lambda n=n: matmul(n)) for n in (64, 128, 256, 512, 1024, 2048)} | {
    "dqn-forward-1": lambda: dqn_forward(1), "dqn-forward-2341": lambda: dqn_forward(2341), "dqn-step": dqn_step, "sac-update": sac_update,
    "conv-forward": lambda: conv(False), "conv-both": lambda: conv(True), "holes-score-32": lambda: holes(32, False), "holes-score-64": lambda: holes(64, False), "holes-step-32": lambda: holes(32, True), "lstm-forward": lambda: lstm(False), "lstm-both": lambda: lstm(True),
}


def times_of(run, seconds):
    """Runs for that long, at least 3 times."""
    times, end = [], time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter_ns()
        run()
        times.append(time.perf_counter_ns() - start)
    return sorted(times)[len(times) // 2], min(times)


def main():
    torch.set_num_threads(int(THREADS))
    torch.manual_seed(1)
    made = {}
    print(f"PyTorch {torch.__version__}", flush=True)
    for line in sys.stdin:
        name, seconds = line.split()
        if name not in made:
            made[name] = CASES[name]()
        print(*times_of(made[name], float(seconds)), flush=True)


if sys.argv[1] == "--probe":
    print("yes", flush=True)
else:
    main()
