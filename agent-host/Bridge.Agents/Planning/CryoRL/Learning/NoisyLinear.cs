using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>
/// y = (μ + σ ε) x + b, ε drawn from factorised noise (Fortunato et al. 2018, eq. 9 and 10, section 3.2; σ begins at 0.5 / √inputs). In
/// evaluation without noise.
/// </summary>
internal sealed class NoisyLinear : nn.Module<Tensor, Tensor>
{
    private const float FirstSigma = 0.5f;

    private readonly Generator _generator;
    private readonly Parameter _weight, _weightSigma, _bias, _biasSigma;
    private readonly Tensor _inputNoise, _outputNoise;

    public NoisyLinear(long inputs, long outputs, Generator generator) : base(nameof(NoisyLinear))
    {
        _generator = generator;
        float bound = 1 / MathF.Sqrt(inputs);
        using IDisposable noGrad = no_grad();
        _weight = Uniform(bound, outputs, inputs);
        _weightSigma = nn.Parameter(full([outputs, inputs], FirstSigma * bound));
        _bias = Uniform(bound, outputs);
        _biasSigma = nn.Parameter(full([outputs], FirstSigma * bound));
        _inputNoise = zeros(1, inputs).DetachFromDisposeScope();
        _outputNoise = zeros(outputs, 1).DetachFromDisposeScope();
        register_parameter("weight", _weight);
        register_parameter("weight_sigma", _weightSigma);
        register_parameter("bias", _bias);
        register_parameter("bias_sigma", _biasSigma);
        Draw();
    }

    /// <summary>Draws new noise.</summary>
    public void Draw()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _inputNoise.copy_(Squash(randn(_inputNoise.shape, generator: _generator)));
        _outputNoise.copy_(Squash(randn(_outputNoise.shape, generator: _generator)));
    }

    public override Tensor forward(Tensor input)
    {
        if (!training)
            return nn.functional.linear(input, _weight, _bias);
        Tensor weight = _weight + _weightSigma * (_outputNoise * _inputNoise);
        return nn.functional.linear(input, weight, _bias + _biasSigma * _outputNoise.view(-1));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inputNoise.Dispose();
            _outputNoise.Dispose();
        }
        base.Dispose(disposing);
    }

    private static Tensor Squash(Tensor noise) => noise.sign() * noise.abs().sqrt();

    private Parameter Uniform(float bound, params long[] shape) => nn.Parameter((rand(shape, generator: _generator) * 2 - 1) * bound);
}
