using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>
/// ResNet-18 and ResNet-50 as published (He et al. 2016, table 1), with one channel in and <see cref="HoleOutput"/> out: CryoRL's and SSL²-RL's classifiers. For whoever has a GPU (<c>-p:UseTorchSharp=true</c>);
/// on two processor cores use <see cref="SmallResNet"/>.
/// </summary>
public sealed class ResNet : Module<Tensor, Tensor>
{
    private static readonly int[] Channels = [64, 128, 256, 512];

    private readonly ConvNorm _stem;
    private readonly Sequential _blocks;
    private readonly Dropout _dropout;
    private readonly Linear _head;

    private ResNet(int[] blocks, bool bottleneck, double dropout, Generator generator) : base(nameof(ResNet))
    {
        _stem = new ConvNorm(1, 64, 7, 2, generator);
        _blocks = Sequential();
        int channels = 64;
        for (int stage = 0; stage < blocks.Length; stage++)
        {
            for (int block = 0; block < blocks[stage]; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                _blocks.append(bottleneck ? new BottleneckBlock(channels, Channels[stage], stride, generator) : new ResidualBlock(channels, Channels[stage], stride, generator));
                channels = Channels[stage] * (bottleneck ? BottleneckBlock.Expansion : 1);
            }
        }
        _dropout = Dropout(dropout);
        _head = Linear(channels, HoleOutput.Count);
        RegisterComponents();
        FreshWeights.Draw(_head, generator);
    }

    /// <param name="dropout">Before the last layer; SSL²-RL (appendix B.2) takes 0.5.</param>
    public static ResNet ResNet18(Generator generator, double dropout = 0.5) => new([2, 2, 2, 2], bottleneck: false, dropout, generator);

    /// <param name="dropout">Before the last layer.</param>
    public static ResNet ResNet50(Generator generator, double dropout = 0.5) => new([3, 4, 6, 3], bottleneck: true, dropout, generator);

    /// <param name="input">(batch, 1, s, s), s from 32.</param>
    /// <returns>(batch, <see cref="HoleOutput.Count"/>).</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor x = functional.max_pool2d(_stem.Relu(input), [3, 3], stride: [2, 2], padding: [1, 1]);
        return _head.call(_dropout.call(_blocks.call(x).mean([2, 3])));
    }
}
