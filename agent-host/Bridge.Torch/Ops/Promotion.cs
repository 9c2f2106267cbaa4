using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Element types of results: Bool below Int64 below Float32.</summary>
internal static class Promotion
{
    public static torch.ScalarType Common(torch.ScalarType a, torch.ScalarType b)
    {
        if (a == b)
            return a;
        return a == torch.ScalarType.Float32 || b == torch.ScalarType.Float32 ? torch.ScalarType.Float32 : torch.ScalarType.Int64;
    }

    /// <summary>The type of tensor and number: the number counts only where its kind is higher.</summary>
    public static torch.ScalarType Common(torch.ScalarType tensor, Scalar number) => Common(tensor, number.Type);

    /// <summary>Casts the one that is of the lower type. A cast tensor is new; the other stays.</summary>
    public static torch.ScalarType Apply(ref torch.Tensor a, ref torch.Tensor b, string operation)
    {
        torch.ScalarType ta = a.Use(operation).Type, tb = b.Use(operation).Type;
        if (ta == tb)
            return ta;
        torch.ScalarType type = Common(ta, tb);
        if (ta != type)
            a = Copying.Cast(a, type);
        else
            b = Copying.Cast(b, type);
        return type;
    }
}
