using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Torch.Tests.Training;

/// <summary>A made task for a recurrent network: name, after eight steps of noise, which of four signals came first.</summary>
internal sealed class Recall : Module<Tensor, Tensor>
{
    private const int Kinds = 4, Steps = 8, Hidden = 32;

    private readonly LSTM _memory = LSTM(Kinds, Hidden);

    [TorchSharp.Utils.ComponentName(Name = "answer")]
    private readonly Linear _answer = Linear(Hidden, Kinds);

    public Recall() : base(nameof(Recall)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var (output, _, _) = _memory.call(input);
        return _answer.call(output.select(0, -1));
    }

    public static (Tensor Signals, Tensor Labels) Draw(int count, System.Random random)
    {
        float[] signals = new float[Steps * count * Kinds];
        long[] labels = new long[count];
        for (int n = 0; n < count; n++)
        {
            labels[n] = random.Next(Kinds);
            for (int step = 0; step < Steps; step++)
                for (int k = 0; k < Kinds; k++)
                    signals[(step * count + n) * Kinds + k] = step == 0 ? (k == labels[n] ? 1 : 0) : 0.5f * (float)(random.NextDouble() - 0.5);
        }
        return (tensor(signals, [Steps, count, Kinds]), tensor(labels));
    }

    public void Train(int steps, int batch, int seed)
    {
        var random = new System.Random(seed);
        using optim.Optimizer optimiser = optim.Adam(parameters(), 0.01);
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            var (signals, labels) = Draw(batch, random);
            Tensor loss = functional.cross_entropy(call(signals), labels);
            optimiser.zero_grad();
            loss.backward();
            utils.clip_grad_norm_(parameters(), 1);
            optimiser.step();
        }
    }

    public double Accuracy(int count, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        var (signals, labels) = Draw(count, new System.Random(seed));
        return call(signals).argmax(1).eq(labels).to(ScalarType.Float32).mean().item<float>();
    }
}
