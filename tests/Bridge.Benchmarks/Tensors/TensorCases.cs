using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Benchmarks.Tensors;

/// <summary>The work that is timed, one action a run, by name; peers/torch_peer.py has the same. Written with TorchSharp's public API.</summary>
internal static class TensorCases
{
    public static readonly (string Name, string Text, Func<Action> Make)[] All =
    [
        .. new[] { 64, 128, 256, 512, 1024, 2048 }.Select(n => ($"matmul-{n}", $"matrix product {n} x {n} x {n}", (Func<Action>)(() => MatMul(n)))),
        ("dqn-forward-1", "DQN 16-128-256-128-1, forward, 1 row", () => DqnForward(1)),
        ("dqn-forward-2341", "the same, 2 341 rows", () => DqnForward(2341)),
        ("dqn-step", "the same, a training step, batch 128", DqnStep),
        ("sac-update", "SAC, two layers of 128, an update, batch 256", () => new SacUpdate().Run),
        ("conv-forward", "conv2d 3x3, 64 → 64, 24 x 24, batch 32, forward", () => Conv(backward: false)),
        ("conv-both", "the same, forward and backward", () => Conv(backward: true)),
        ("lstm-forward", "LSTM 2 x 256, batch 32, 20 steps, forward", () => Lstm(backward: false)),
        ("lstm-both", "the same, forward and backward", () => Lstm(backward: true)),
    ];

    private static Action MatMul(int n)
    {
        Tensor a = rand(n, n), b = rand(n, n);
        return () =>
        {
            using var off = no_grad();
            using Tensor c = a.matmul(b);
        };
    }

    private static TorchSharp.Modules.Sequential Dqn() => Sequential(Linear(16, 128), ReLU(), Linear(128, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 1));

    private static Action DqnForward(int rows)
    {
        var network = Dqn();
        Tensor x = rand(rows, 16);
        return () =>
        {
            using var off = no_grad();
            using Tensor y = network.call(x);
        };
    }

    private static Action DqnStep()
    {
        var network = Dqn();
        var target = Dqn();
        var optimiser = optim.Adam(network.parameters(), 0.01);
        Tensor state = rand(128, 16), next = rand(128, 16), reward = rand(128, 1);
        return () =>
        {
            using var scope = NewDisposeScope();
            Tensor y;
            using (no_grad())
                y = reward + 0.99f * target.call(next);
            Tensor loss = functional.smooth_l1_loss(network.call(state), y);
            optimiser.zero_grad();
            loss.backward();
            optimiser.step();
        };
    }

    private static Action Conv(bool backward)
    {
        var layer = Conv2d(64, 64, 3, padding: 1);
        Tensor x = rand([32, 64, 24, 24], requires_grad: backward), gradient = rand(32, 64, 24, 24);
        return () =>
        {
            using var scope = NewDisposeScope();
            if (!backward)
            {
                using var off = no_grad();
                layer.call(x);
                return;
            }
            layer.zero_grad();
            x.grad = null;
            layer.call(x).backward([gradient]);
        };
    }

    private static Action Lstm(bool backward)
    {
        var network = LSTM(256, 256, 2);
        Tensor x = rand(20, 32, 256);
        return () =>
        {
            using var scope = NewDisposeScope();
            if (!backward)
            {
                using var off = no_grad();
                network.call(x);
                return;
            }
            network.zero_grad();
            network.call(x).Item1.sum().backward();
        };
    }
}
