namespace TorchSharp.Modules;

/// <summary>In training sets each element to 0 with probability p and scales the others by 1 / (1 - p); in use does nothing.</summary>
public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Dropout(double p) : base(nameof(Dropout))
    {
        if (!(p >= 0 && p <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "Dropout: p is a probability, 0 to 1");
        this.p = p;
    }

    public double p { get; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout(input, p, training);
}
