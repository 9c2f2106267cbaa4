using System.Text.Json;
using TorchSharp;

namespace Bridge.Torch.Tests.Golden;

/// <summary>A tensor as it stands in a golden file.</summary>
public sealed record GoldenTensor(string DType, long[] Shape, double[] Values)
{
    public bool IsFloat => DType == "float32";

    public static GoldenTensor Read(JsonElement json) => new(
        json.GetProperty("dtype").GetString()!,
        [.. json.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
        [.. json.GetProperty("values").EnumerateArray().Select(Number)]);

    public torch.Tensor ToTensor() => DType switch
    {
        "float32" => torch.tensor([.. Values.Select(value => (float)value)], Shape),
        "int64" => torch.tensor([.. Values.Select(value => (long)value)], Shape),
        "bool" => torch.tensor([.. Values.Select(value => value != 0)], Shape),
        _ => throw new InvalidDataException($"a golden file has a tensor of {DType}"),
    };

    /// <summary>Fails where another tensor is not this one: type and shape, integers exactly, floats within the relative error.</summary>
    public double CheckClose(torch.Tensor actual, double tolerance, string what)
    {
        Assert.AreEqual(DType, actual.dtype.ToString().ToLowerInvariant(), $"{what}: type");
        CollectionAssert.AreEqual(Shape, actual.shape, $"{what}: shape [{string.Join(", ", actual.shape)}]");
        double error = RelativeError(Numbers(actual));
        Assert.IsLessThanOrEqualTo(IsFloat ? tolerance : 0, error, $"{what}: {error:G3} off");
        return error;
    }

    /// <summary>The largest difference of an element, over the element or the root mean square of all, whichever is larger.</summary>
    public double RelativeError(IReadOnlyList<double> actual)
    {
        double rms = Math.Sqrt(Values.Sum(value => value * value) / Math.Max(1, Values.Length)), worst = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            double difference = Math.Abs(actual[i] - Values[i]);
            if (!(difference <= double.Epsilon))
                worst = Math.Max(worst, difference / Math.Max(Math.Max(Math.Abs(Values[i]), rms), 1e-30));   // NaN stays NaN
        }
        return worst;
    }

    public static double[] Numbers(torch.Tensor tensor)
    {
        using torch.Tensor dense = tensor.detach().contiguous();
        return dense.dtype switch
        {
            torch.ScalarType.Float32 => [.. dense.data<float>().ToArray().Select(value => (double)value)],
            torch.ScalarType.Int64 => [.. dense.data<long>().ToArray().Select(value => (double)value)],
            _ => [.. dense.data<bool>().ToArray().Select(value => value ? 1.0 : 0.0)],
        };
    }

    private static double Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => json.GetDouble(),
    };
}
