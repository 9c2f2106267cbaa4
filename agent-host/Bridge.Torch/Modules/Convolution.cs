namespace TorchSharp.Modules;

/// <summary>What Conv2d and ConvTranspose2d share: settings, weight and bias, drawn evenly from ±1/√fan_in as PyTorch does.</summary>
public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected Convolution(string name, long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long) padding, (long, long) dilation, long groups, bool hasBias, bool transposed)
        : base(name)
    {
        Sizes.CheckGroups(inChannels, groups, name);
        Sizes.CheckGroups(outChannels, groups, name);
        (in_channels, out_channels, this.groups) = (inChannels, outChannels, groups);
        kernel_size = Sizes.AtLeast(1, kernel, name + ": kernel_size");
        this.stride = Sizes.AtLeast(1, stride, name + ": stride");
        this.padding = Sizes.AtLeast(0, padding, name + ": padding");
        this.dilation = Sizes.AtLeast(1, dilation, name + ": dilation");
        (long outer, long inner) = transposed ? (inChannels, outChannels / groups) : (outChannels, inChannels / groups);
        double bound = 1 / Math.Sqrt(inner * kernel.Item1 * kernel.Item2);
        weight = Parameter.Uniform(bound, outer, inner, kernel.Item1, kernel.Item2);
        register_parameter(nameof(weight), weight);
        if (!hasBias)
            return;
        bias = Parameter.Uniform(bound, outChannels);
        register_parameter(nameof(bias), bias);
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long groups { get; }

    /// <summary>Rows, columns; so are the others.</summary>
    public long[] kernel_size { get; }

    public long[] stride { get; }

    public long[] padding { get; }

    public long[] dilation { get; }

    /// <summary>Conv2d: (out, in / groups, rows, columns); ConvTranspose2d: (in, out / groups, rows, columns).</summary>
    public Parameter weight { get; }

    /// <summary>(out), or null.</summary>
    public Parameter? bias { get; }
}
