using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>A convolution without bias and its batch normalisation. In evaluation the second is a factor and a summand for each channel, so both are done as one convolution.</summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _norm;

    /// <param name="kernel">Edge of the kernel, odd; the picture is padded by half of it.</param>
    public ConvNorm(int from, int to, int kernel, int stride, Generator generator) : base(nameof(ConvNorm))
    {
        _conv = Conv2d(from, to, kernel, stride, kernel / 2, bias: false);
        _norm = BatchNorm2d(to);
        RegisterComponents();
        FreshWeights.Draw(_conv, generator);
    }

    /// <param name="input">(batch, from, rows, columns).</param>
    /// <returns>(batch, to, rows / stride, columns / stride).</returns>
    public override Tensor forward(Tensor input)
    {
        if (training)
            return _norm.call(_conv.call(input));
        using DisposeScope scope = NewDisposeScope();
        Tensor factor = _norm.weight! * rsqrt(_norm.running_var! + (float)_norm.eps);
        Tensor weight = _conv.weight * factor.view([-1, 1, 1, 1]), bias = _norm.bias! - _norm.running_mean! * factor;
        return scope.MoveToOuter(functional.conv2d(input, weight, bias, _conv.stride, _conv.padding));
    }

    /// <summary>The same with a ReLU behind it.</summary>
    public Tensor Relu(Tensor input) => functional.relu(call(input), inplace: !training);
}
