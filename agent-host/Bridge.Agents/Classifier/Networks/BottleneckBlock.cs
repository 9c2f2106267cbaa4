using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>A 1 x 1, a 3 x 3 and a 1 x 1 convolution with what came in added at the end (He et al. 2016, figure 5 right); four times as many channels come out as are inside.</summary>
internal sealed class BottleneckBlock : Module<Tensor, Tensor>
{
    public const int Expansion = 4;

    private readonly Conv2d _narrow, _middle, _widen;
    private readonly BatchNorm2d _narrowNorm, _middleNorm, _widenNorm;
    private readonly Conv2d? _shortcut;
    private readonly BatchNorm2d? _shortcutNorm;

    /// <param name="inside">Channels of the middle convolution.</param>
    public BottleneckBlock(int from, int inside, int stride, Generator generator) : base(nameof(BottleneckBlock))
    {
        int to = inside * Expansion;
        _narrow = Conv2d(from, inside, 1, bias: false);
        _narrowNorm = BatchNorm2d(inside);
        _middle = Conv2d(inside, inside, 3, stride, 1, bias: false);
        _middleNorm = BatchNorm2d(inside);
        _widen = Conv2d(inside, to, 1, bias: false);
        _widenNorm = BatchNorm2d(to);
        if (stride != 1 || from != to)
        {
            _shortcut = Conv2d(from, to, 1, stride, bias: false);
            _shortcutNorm = BatchNorm2d(to);
        }
        RegisterComponents();
        foreach (Conv2d layer in modules().OfType<Conv2d>())
            FreshWeights.Draw(layer, generator);
    }

    /// <param name="input">(batch, from, rows, columns).</param>
    /// <returns>(batch, 4 inside, rows / stride, columns / stride).</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor x = functional.relu(_narrowNorm.call(_narrow.call(input)));
        x = functional.relu(_middleNorm.call(_middle.call(x)));
        x = _widenNorm.call(_widen.call(x));
        return functional.relu(x + (_shortcut is null ? input : _shortcutNorm!.call(_shortcut.call(input))));
    }
}
