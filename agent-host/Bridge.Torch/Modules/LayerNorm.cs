namespace TorchSharp.Modules;

/// <summary>Normalises over the last dimensions, each sample for itself (Ba, Kiros and Hinton 2016).</summary>
public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal LayerNorm(long[] normalizedShape, double eps, bool affine, bool hasBias) : base(nameof(LayerNorm))
    {
        foreach (long size in normalizedShape)
            Sizes.AtLeast(1, size, "LayerNorm: normalized_shape");
        normalized_shape = normalizedShape;
        this.eps = eps;
        if (!affine)
            return;
        weight = Parameter.Filled(1, normalizedShape);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = Parameter.Filled(0, normalizedShape);
        register_parameter(nameof(bias), bias);
    }

    public long[] normalized_shape { get; }

    public double eps { get; }

    public Parameter? weight { get; }

    public Parameter? bias { get; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}
