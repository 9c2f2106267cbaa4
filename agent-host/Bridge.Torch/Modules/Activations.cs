using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>max(0, x).</summary>
public sealed class ReLU : nn.Module<Tensor, Tensor>
{
    internal ReLU() : base(nameof(ReLU))
    {
    }

    public override Tensor forward(Tensor input) => nn.functional.relu(input);
}

/// <summary>The hyperbolic tangent.</summary>
public sealed class Tanh : nn.Module<Tensor, Tensor>
{
    internal Tanh() : base(nameof(Tanh))
    {
    }

    public override Tensor forward(Tensor input) => input.tanh();
}

/// <summary>1 / (1 + exp(-x)).</summary>
public sealed class Sigmoid : nn.Module<Tensor, Tensor>
{
    internal Sigmoid() : base(nameof(Sigmoid))
    {
    }

    public override Tensor forward(Tensor input) => input.sigmoid();
}

/// <summary>x · sigmoid(x).</summary>
public sealed class SiLU : nn.Module<Tensor, Tensor>
{
    internal SiLU() : base(nameof(SiLU))
    {
    }

    public override Tensor forward(Tensor input) => nn.functional.silu(input);
}

/// <summary>x · Φ(x), Φ the normal distribution's integral.</summary>
public sealed class GELU : nn.Module<Tensor, Tensor>
{
    internal GELU() : base(nameof(GELU))
    {
    }

    public override Tensor forward(Tensor input) => nn.functional.gelu(input);
}

/// <summary>x where it is positive, negative_slope · x elsewhere.</summary>
public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
{
    internal LeakyReLU(double negativeSlope) : base(nameof(LeakyReLU)) => negative_slope = negativeSlope;

    public double negative_slope { get; }

    public override Tensor forward(Tensor input) => nn.functional.leaky_relu(input, negative_slope);
}

/// <summary>x where it is positive, alpha · (exp(x) - 1) elsewhere.</summary>
public sealed class ELU : nn.Module<Tensor, Tensor>
{
    internal ELU(double alpha) : base(nameof(ELU)) => this.alpha = alpha;

    public double alpha { get; }

    public override Tensor forward(Tensor input) => nn.functional.elu(input, alpha);
}

/// <summary>log(1 + exp(beta · x)) / beta, and x itself where beta · x is over the threshold.</summary>
public sealed class Softplus : nn.Module<Tensor, Tensor>
{
    internal Softplus(double beta, double threshold) : base(nameof(Softplus)) => (this.beta, this.threshold) = (beta, threshold);

    public double beta { get; }

    public double threshold { get; }

    public override Tensor forward(Tensor input) => nn.functional.softplus(input, beta, threshold);
}

/// <summary>exp(x) over its sum along a dimension.</summary>
public sealed class Softmax : nn.Module<Tensor, Tensor>
{
    internal Softmax(long dim) : base(nameof(Softmax)) => this.dim = dim;

    public long dim { get; }

    public override Tensor forward(Tensor input) => nn.functional.softmax(input, dim);
}

/// <summary>The logarithm of softmax.</summary>
public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
{
    internal LogSoftmax(long dim) : base(nameof(LogSoftmax)) => this.dim = dim;

    public long dim { get; }

    public override Tensor forward(Tensor input) => nn.functional.log_softmax(input, dim);
}
