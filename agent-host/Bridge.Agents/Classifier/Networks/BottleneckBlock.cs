using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>A 1 x 1, a 3 x 3 and a 1 x 1 convolution with what came in added at the end (He et al. 2016, figure 5 right); four times as many channels come out as are inside.</summary>
internal sealed class BottleneckBlock : Module<Tensor, Tensor>
{
    public const int Expansion = 4;

    private readonly ConvNorm _narrow, _middle, _widen;
    private readonly ConvNorm? _shortcut;

    /// <param name="inside">Channels of the middle convolution.</param>
    public BottleneckBlock(int from, int inside, int stride, Generator generator) : base(nameof(BottleneckBlock))
    {
        int to = inside * Expansion;
        _narrow = new ConvNorm(from, inside, 1, 1, generator);
        _middle = new ConvNorm(inside, inside, 3, stride, generator);
        _widen = new ConvNorm(inside, to, 1, 1, generator);
        _shortcut = stride != 1 || from != to ? new ConvNorm(from, to, 1, stride, generator) : null;
        RegisterComponents();
    }

    /// <param name="input">(batch, from, rows, columns).</param>
    /// <returns>(batch, 4 inside, rows / stride, columns / stride).</returns>
    public override Tensor forward(Tensor input)
        => functional.relu(_widen.call(_middle.Relu(_narrow.Relu(input))) + (_shortcut is null ? input : _shortcut.call(input)), inplace: !training);
}
