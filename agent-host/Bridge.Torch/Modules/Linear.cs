namespace TorchSharp.Modules;

/// <summary>y = x Wᵀ + b: (…, in_features) to (…, out_features). Drawn evenly from ±1/√in_features, as PyTorch does.</summary>
public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias) : base(nameof(Linear))
    {
        in_features = Sizes.AtLeast(1, inputSize, "Linear: inputSize");
        out_features = Sizes.AtLeast(1, outputSize, "Linear: outputSize");
        double bound = 1 / Math.Sqrt(inputSize);
        weight = Parameter.Uniform(bound, outputSize, inputSize);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = Parameter.Uniform(bound, outputSize);
        register_parameter(nameof(bias), bias);
    }

    public long in_features { get; }

    public long out_features { get; }

    /// <summary>(out_features, in_features).</summary>
    public Parameter weight { get; }

    /// <summary>(out_features), or null.</summary>
    public Parameter? bias { get; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
}
