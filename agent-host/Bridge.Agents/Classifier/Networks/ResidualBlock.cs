using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>Two 3 x 3 convolutions with what came in added at the end (He et al. 2016, figure 5 left). Where size or channels change, what came in passes a 1 x 1 convolution.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d _first, _second;
    private readonly BatchNorm2d _firstNorm, _secondNorm;
    private readonly Conv2d? _shortcut;
    private readonly BatchNorm2d? _shortcutNorm;

    public ResidualBlock(int from, int to, int stride, Generator generator) : base(nameof(ResidualBlock))
    {
        _first = Conv2d(from, to, 3, stride, 1, bias: false);
        _firstNorm = BatchNorm2d(to);
        _second = Conv2d(to, to, 3, 1, 1, bias: false);
        _secondNorm = BatchNorm2d(to);
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
    /// <returns>(batch, to, rows / stride, columns / stride).</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor x = functional.relu(_firstNorm.call(_first.call(input)));
        x = _secondNorm.call(_second.call(x));
        return functional.relu(x + (_shortcut is null ? input : _shortcutNorm!.call(_shortcut.call(input))));
    }
}
