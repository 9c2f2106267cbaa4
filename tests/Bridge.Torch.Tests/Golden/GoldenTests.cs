using TorchSharp;

namespace Bridge.Torch.Tests.Golden;

/// <summary>Every operation against PyTorch's values and gradients, and against central differences.</summary>
[TestClass]
public sealed class GoldenTests
{
    private static readonly (string Family, Dictionary<string, Func<GoldenCall, torch.Tensor[]>> Operations)[] Families =
    [
        ("elementwise", ElementwiseOperations.All), ("binary", BinaryOperations.All), ("reductions", ReductionOperations.All),
        ("shapes", ShapeOperations.All), ("matrix", MatrixOperations.All), ("losses", LossOperations.All), ("spatial", SpatialOperations.All),
        ("normalisation", NormalisationOperations.All), ("recurrent", RecurrentOperations.All),
    ];

    private static IEnumerable<(GoldenCase, Func<GoldenCall, torch.Tensor[]>)> Cases()
        => Families.SelectMany(family => GoldenCase.Family(family.Family).Select(golden => (golden, family.Operations[golden.Op])));

    public static IEnumerable<object[]> All() => Cases().Select(pair => new object[] { pair.Item1, pair.Item2 });

    public static IEnumerable<object[]> WithGradients() => Cases().Where(pair => pair.Item1.Grads.Count > 0).Select(pair => new object[] { pair.Item1, pair.Item2 });

    public static string Name(System.Reflection.MethodInfo method, object[] data) => $"{method.Name} ({data[0]})";

    [TestMethod]
    [DynamicData(nameof(All), DynamicDataDisplayName = nameof(Name))]
    public void Operation_ValueAndGradient_AgreeWithPyTorch(GoldenCase golden, Func<GoldenCall, torch.Tensor[]> operation)
        => GoldenCheck.AgainstPyTorch(golden, operation);

    [TestMethod]
    [DynamicData(nameof(WithGradients), DynamicDataDisplayName = nameof(Name))]
    public void Operation_Gradient_AgreesWithCentralDifferences(GoldenCase golden, Func<GoldenCall, torch.Tensor[]> operation)
        => GoldenCheck.AgainstCentralDifferences(golden, operation);

    [TestMethod]
    public void Operations_NearlyAll_AreWithinOneInAHundredThousand()
    {
        double[] errors = [.. Cases().Select(pair => GoldenCheck.AgainstPyTorch(pair.Item1, pair.Item2))];

        Console.WriteLine($"{errors.Length} cases, median error {errors.Order().ElementAt(errors.Length / 2):G2}, largest {errors.Max():G2}");
        double share = errors.Count(error => error < 1e-5) / (double)errors.Length;
        Assert.IsGreaterThan(0.95, share, $"{share:P1} of {errors.Length} cases are within 1e-5");
    }

    [TestMethod]
    public void Operations_AllThatAreNamedHere_HaveACase()
    {
        foreach (var (family, operations) in Families)
        {
            HashSet<string> used = [.. GoldenCase.Family(family).Select(golden => golden.Op)];
            foreach (string operation in operations.Keys)
                Assert.Contains(operation, used, $"{family}: no case for it");
        }
    }
}
