namespace TorchSharp;

/// <summary>The one element of a tensor that has only one, converted.</summary>
public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>A tensor over a copy of the array.</summary>
    public static torch.Tensor ToTensor(this float[] rawArray, long[] dimensions, bool requires_grad = false) => torch.tensor(rawArray, dimensions, requires_grad: requires_grad);

    public static torch.Tensor ToTensor(this long[] rawArray, long[] dimensions) => torch.tensor(rawArray, dimensions);
}
