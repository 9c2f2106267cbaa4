namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. It belongs to its module: no dispose scope takes it.</summary>
public class Parameter : torch.Tensor
{
    /// <param name="data">Float32 values, whose memory is shared.</param>
    /// <param name="requires_grad">False: it is saved with the module and not trained.</param>
    public Parameter(torch.Tensor data, bool requires_grad = true) : base(data)
    {
        DetachFromDisposeScope();
        this.requires_grad = requires_grad;
    }

    /// <summary>A new parameter with values drawn evenly from ±bound (0: zeros).</summary>
    internal static Parameter Uniform(double bound, params ReadOnlySpan<long> shape)
    {
        using torch.Tensor data = torch.Tensor.Empty(torch.ScalarType.Float32, shape.ToArray());
        return new Parameter(torch.nn.init.uniform_(data, -bound, bound));
    }

    internal static Parameter Filled(float value, params ReadOnlySpan<long> shape)
    {
        using torch.Tensor data = torch.Tensor.Empty(torch.ScalarType.Float32, shape.ToArray());
        data.Floats.Fill(value);
        return new Parameter(data);
    }
}
