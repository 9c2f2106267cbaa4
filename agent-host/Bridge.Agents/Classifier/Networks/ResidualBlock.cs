using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>Two 3 x 3 convolutions with what came in added at the end (He et al. 2016, figure 5 left). Where size or channels change, what came in passes a 1 x 1 convolution.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm _first, _second;
    private readonly ConvNorm? _shortcut;

    public ResidualBlock(int from, int to, int stride, Generator generator) : base(nameof(ResidualBlock))
    {
        _first = new ConvNorm(from, to, 3, stride, generator);
        _second = new ConvNorm(to, to, 3, 1, generator);
        _shortcut = stride != 1 || from != to ? new ConvNorm(from, to, 1, stride, generator) : null;
        RegisterComponents();
    }

    /// <param name="input">(batch, from, rows, columns).</param>
    /// <returns>(batch, to, rows / stride, columns / stride).</returns>
    public override Tensor forward(Tensor input) => functional.relu(_second.call(_first.Relu(input)) + (_shortcut is null ? input : _shortcut.call(input)), inplace: !training);
}
