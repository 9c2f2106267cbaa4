using Bridge.Agents.Classifier.Networks;
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
        ("holes-score-32", "hole classifier, 64 crops of 32 x 32, scored", () => Holes(32, train: false)),
        ("holes-score-64", "hole classifier, 64 crops of 64 x 64, scored", () => Holes(64, train: false)),
        ("holes-step-32", "hole classifier, a training step, 64 crops of 32 x 32", () => Holes(32, train: true)),
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

    private static Action Holes(int size, bool train)
    {
        var network = new SmallResNet(new Generator(1));
        network.train(train);
        var optimiser = optim.AdamW(network.parameters(), 1e-3);
        Tensor x = rand(64, 1, size, size), labels = zeros([64], dtype: ScalarType.Int64);
        return () =>
        {
            using var scope = NewDisposeScope();
            if (!train)
            {
                using var off = no_grad();
                network.call(x);
                return;
            }
            Tensor loss = functional.cross_entropy(HoleOutput.Logits(network.call(x)), labels);
            optimiser.zero_grad();
            loss.backward();
            optimiser.step();
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
