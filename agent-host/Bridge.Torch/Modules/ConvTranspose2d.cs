namespace TorchSharp.Modules;

/// <summary>The gradient of a convolution as a layer: (N, in, H, W) to (N, out, H', W'), H' = (H-1)·stride - 2·padding + dilation·(kernel-1) + output_padding + 1.</summary>
public sealed class ConvTranspose2d : Convolution
{
    internal ConvTranspose2d(long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long) padding, (long, long) outputPadding, (long, long) dilation, long groups, bool hasBias)
        : base(nameof(ConvTranspose2d), inChannels, outChannels, kernel, stride, padding, dilation, groups, hasBias, transposed: true)
        => output_padding = Sizes.AtLeast(0, outputPadding, "ConvTranspose2d: output_padding");

    public long[] output_padding { get; }

    public override torch.Tensor forward(torch.Tensor input)
        => torch.nn.functional.conv_transpose2d(input, weight, bias, stride, padding, output_padding, dilation, groups);
}
