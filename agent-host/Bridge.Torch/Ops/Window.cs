using Bridge.Torch.Tensors;
using TorchSharp;

namespace Bridge.Torch.Ops;

/// <summary>Two numbers, for rows (Y) and columns (X), of operations over images.</summary>
internal readonly record struct Window(int Y, int X)
{
    /// <summary>From a list of one or two numbers, or the fallback where there is none; refuses what lies below <paramref name="least"/>.</summary>
    public static Window From(long[]? values, Window fallback, long least, string operation, string name)
    {
        if (values is null || values.Length == 0)
            return fallback;
        if (values.Length > 2)
            throw new ArgumentException($"{operation}: {name} {Shape.Text(values)} has more than two numbers");
        foreach (long value in values)
            if (value < least || value > int.MaxValue / 4)
                throw new ArgumentException($"{operation}: {name} {Shape.Text(values)}: {value} is not {least} to {int.MaxValue / 4}");
        return new((int)values[0], (int)values[^1]);
    }

    /// <summary>Refuses what is no batch of float images (batch, channels, height, width).</summary>
    public static torch.Tensor Images(torch.Tensor x, string operation)
    {
        x.Require(torch.ScalarType.Float32, operation);
        return x.Rank == 4 ? x : throw new ArgumentException($"{operation}: {x.Text} is not (batch, channels, height, width)");
    }
}
