using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.Networks;

/// <summary>The networks by name.</summary>
public static class HoleNetworks
{
    public const string Small = "small", ResNet18 = "resnet18", ResNet50 = "resnet50";

    public static IReadOnlyList<string> Names { get; } = [Small, ResNet18, ResNet50];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="width">Channels of the small network's first blocks.</param>
    /// <exception cref="InvalidDataException">There is no such network.</exception>
    public static nn.Module<Tensor, Tensor> Create(string name, int width, Generator generator) => name switch
    {
        Small => new SmallResNet(generator, width),
        ResNet18 => ResNet.ResNet18(generator),
        ResNet50 => ResNet.ResNet50(generator),
        _ => throw new InvalidDataException($"there is no network '{name}'; choose {string.Join(", ", Names)}"),
    };
}
