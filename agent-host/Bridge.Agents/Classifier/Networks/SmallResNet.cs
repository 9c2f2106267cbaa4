using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>A residual network that learns on processor cores in minutes: a convolution with stride 2, four residual blocks, three of which halve the size, the mean over the picture, and
/// <see cref="HoleOutput"/>. About 180 000 weights at width 16, and 22 MFLOP for a crop of 64 x 64.</summary>
public sealed class SmallResNet : Module<Tensor, Tensor>
{
    public const int DefaultWidth = 16;

    private readonly ConvNorm _stem;
    private readonly Sequential _blocks;
    private readonly Dropout _dropout;
    private readonly Linear _head;

    /// <param name="width">Channels of the first blocks; those of the last have four times as many.</param>
    /// <param name="dropout">Before the last layer, 0 to 1.</param>
    public SmallResNet(Generator generator, int width = DefaultWidth, double dropout = 0.2) : base(nameof(SmallResNet))
    {
        Width = width;
        _stem = new ConvNorm(1, width, 3, 2, generator);
        _blocks = Sequential(
            new ResidualBlock(width, width, 1, generator),
            new ResidualBlock(width, 2 * width, 2, generator),
            new ResidualBlock(2 * width, 4 * width, 2, generator),
            new ResidualBlock(4 * width, 4 * width, 2, generator));
        _dropout = Dropout(dropout);
        _head = Linear(4 * width, HoleOutput.Count);
        RegisterComponents();
        FreshWeights.Draw(_head, generator);
    }

    public int Width { get; }

    /// <param name="input">(batch, 1, s, s), s from 16.</param>
    /// <returns>(batch, <see cref="HoleOutput.Count"/>).</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor features = _blocks.call(_stem.Relu(input)).mean([2, 3]);
        return _head.call(_dropout.call(features));
    }
}
