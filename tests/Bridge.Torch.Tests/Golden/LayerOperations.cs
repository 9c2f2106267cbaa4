using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Torch.Tests.Golden;

internal static class LayerOperations
{
    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>>> Makers = new()
    {
        ["linear"] = () => Linear(4, 3),
        ["conv2d"] = () => Conv2d(2, 3, 3, stride: 2, padding: 1),
        ["conv_transpose2d"] = () => ConvTranspose2d(2, 3, 3, stride: 2, padding: 1, output_padding: 1),
        ["batch_norm1d"] = () => BatchNorm1d(3),
        ["batch_norm2d"] = () => BatchNorm2d(3),
        ["layer_norm"] = () => LayerNorm(4),
        ["mlp"] = () => Sequential(Linear(4, 8), ReLU(), Linear(8, 8), Tanh(), Linear(8, 2)),
        ["cnn"] = () => Sequential(Conv2d(1, 4, 3, padding: 1, bias: false), BatchNorm2d(4), ReLU(), MaxPool2d(2), Conv2d(4, 4, 3, padding: 1), SiLU(), AvgPool2d(2), AdaptiveAvgPool2d(1), Flatten(), Dropout(0.0), Linear(4, 2)),
        ["activations"] = () => Sequential(LeakyReLU(0.1), ELU(), GELU(), Softplus(), Sigmoid(), Identity(), LogSoftmax(1), Softmax(1)),
    };

    /// <summary>The module's answer, then its buffers in the order of their names.</summary>
    public static Tensor[] Run(GoldenCase golden, GoldenCall call)
    {
        Module<Tensor, Tensor> module = Makers[golden.Op]();
        CollectionAssert.AreEquivalent(call.Texts("state"), module.state_dict().Keys.ToArray(), "names of the state dict");
        module.load_state_dict(call.Inputs.Where(input => input.Name != "x").ToDictionary(input => input.Name, input => input.Value));
        foreach (var (name, parameter) in module.named_parameters())
            call.Bind(name, parameter);
        module.train(call.Bool("training"));
        Tensor y = module.call(call["x"]);
        return [y, .. module.named_buffers().OrderBy(pair => pair.name, StringComparer.Ordinal).Select(pair => pair.buffer)];
    }
}
