namespace TorchSharp.Modules;

/// <summary>(N, in, H, W) to (N, out, H', W').</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long) padding, (long, long) dilation, long groups, bool hasBias)
        : base(nameof(Conv2d), inChannels, outChannels, kernel, stride, padding, dilation, groups, hasBias, transposed: false)
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
}
