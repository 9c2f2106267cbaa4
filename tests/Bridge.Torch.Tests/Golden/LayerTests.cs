namespace Bridge.Torch.Tests.Golden;

/// <summary>Whole modules against PyTorch's: names in the state dict, answers in training and in use, gradients, running statistics.</summary>
[TestClass]
public sealed class LayerTests
{
    public static IEnumerable<object[]> All() => GoldenCase.Family("layers").Select(golden => new object[] { golden });

    /// <summary>Without the one whose kinks (ReLU, the largest of a window) lie where they will.</summary>
    public static IEnumerable<object[]> Smooth() => GoldenCase.Family("layers").Where(golden => golden.Op != "cnn").Select(golden => new object[] { golden });

    public static string Name(System.Reflection.MethodInfo method, object[] data) => $"{method.Name} ({data[0]})";

    [TestMethod]
    [DynamicData(nameof(All), DynamicDataDisplayName = nameof(Name))]
    public void Module_ValueAndGradient_AgreeWithPyTorch(GoldenCase golden)
        => GoldenCheck.AgainstPyTorch(golden, call => LayerOperations.Run(golden, call));

    [TestMethod]
    [DynamicData(nameof(Smooth), DynamicDataDisplayName = nameof(Name))]
    public void Module_Gradient_AgreesWithCentralDifferences(GoldenCase golden)
        => GoldenCheck.AgainstCentralDifferences(golden, call => LayerOperations.Run(golden, call));
}
