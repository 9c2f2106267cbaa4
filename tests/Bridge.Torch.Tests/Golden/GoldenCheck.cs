using TorchSharp;

namespace Bridge.Torch.Tests.Golden;

/// <summary>Makes the call of a case and compares: with PyTorch, and the gradient with central differences.</summary>
public static class GoldenCheck
{
    /// <summary>Largest relative error of any value or gradient.</summary>
    public const double Tolerance = 1e-4;

    private const double Step = 1.0 / 256;              // inputs lie 1/64 from the next kink
    private const double DifferenceTolerance = 1e-2;    // of the step's own error and of rounding over so small a step
    private const int MostElements = 24;                // of one input: enough to find a wrong index, cheap enough without SIMD

    /// <returns>The largest relative error of an output and of a gradient.</returns>
    public static double AgainstPyTorch(GoldenCase golden, Func<GoldenCall, torch.Tensor[]> operation)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var call = new GoldenCall(golden);
        torch.Tensor[] outputs = operation(call);
        Assert.HasCount(golden.Outputs.Count, outputs);
        double error = 0;
        for (int i = 0; i < outputs.Length; i++)
            error = Math.Max(error, golden.Outputs[i].CheckClose(outputs[i], Tolerance, $"{golden}, output {i}"));
        if (golden.Weights.Count == 0)
            return error;
        Weighted(golden, outputs).backward();
        foreach (var (name, gradient) in golden.Grads)
        {
            torch.Tensor? actual = call[name].grad;
            Assert.IsNotNull(actual, $"{golden}: {name} has no gradient");
            error = Math.Max(error, gradient.CheckClose(actual, Tolerance, $"{golden}, gradient of {name}"));
        }
        return error;
    }

    public static void AgainstCentralDifferences(GoldenCase golden, Func<GoldenCall, torch.Tensor[]> operation)
    {
        foreach (var (name, gradient) in golden.Grads)
        {
            int stride = Math.Max(1, gradient.Values.Length / MostElements);
            double rms = Math.Sqrt(gradient.Values.Average(value => value * value));
            for (int i = 0; i < gradient.Values.Length; i += stride)
            {
                double difference = (Loss(golden, operation, name, i, Step) - Loss(golden, operation, name, i, -Step)) / (2 * Step);
                double allowed = DifferenceTolerance * Math.Max(Math.Max(rms, Math.Abs(gradient.Values[i])), 0.1);
                Assert.AreEqual(difference, gradient.Values[i], allowed, $"{golden}: gradient of {name} at {i}");
            }
        }
    }

    private static torch.Tensor Weighted(GoldenCase golden, torch.Tensor[] outputs)
    {
        torch.Tensor? sum = null;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (golden.Weights[i] is not GoldenTensor weight)
                continue;
            torch.Tensor part = (outputs[i] * weight.ToTensor()).sum();
            sum = sum is null ? part : sum + part;
        }
        return sum!;
    }

    /// <summary>sum(output · weight) in double precision, with one element of one input moved.</summary>
    private static double Loss(GoldenCase golden, Func<GoldenCall, torch.Tensor[]> operation, string name, int element, double shift)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        torch.Tensor[] outputs = operation(new GoldenCall(golden, (name, element, shift)));
        double loss = 0;
        for (int i = 0; i < outputs.Length; i++)
            if (golden.Weights[i] is GoldenTensor weight)
                loss += GoldenTensor.Numbers(outputs[i]).Zip(weight.Values, (value, w) => value * w).Sum();
        return loss;
    }
}
