using Bridge.Torch.Tensors;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A Float32 tensor with these numbers, row-major, of this shape (one dimension where it is left out).</summary>
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Device.Check(device, "tensor");
        int n = Shape.Count(dimensions, "tensor");
        if (n != rawArray.Count)
            throw new ArgumentException($"tensor: {rawArray.Count} numbers do not fill {Shape.Text(dimensions)}");
        Tensor y = Tensor.Empty(dtype ?? ScalarType.Float32, dimensions.ToArray(), "tensor");
        rawArray.CopyTo(y.Require(ScalarType.Float32, "tensor"));
        return y.requires_grad_(requires_grad);
    }

    private static void CopyTo(this IList<float> from, Tensor to)
    {
        Span<float> span = to.Floats;
        for (int i = 0; i < span.Length; i++)
            span[i] = from[i];
    }
}
