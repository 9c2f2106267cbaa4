using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Joins dimensions start_dim to end_dim, both included.</summary>
public sealed class Flatten : nn.Module<Tensor, Tensor>
{
    internal Flatten(long startDim, long endDim) : base(nameof(Flatten)) => (start_dim, end_dim) = (startDim, endDim);

    public long start_dim { get; }

    public long end_dim { get; }

    public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);
}

/// <summary>Gives back its input.</summary>
public sealed class Identity : nn.Module<Tensor, Tensor>
{
    internal Identity() : base(nameof(Identity))
    {
    }

    public override Tensor forward(Tensor input) => input.alias();
}
