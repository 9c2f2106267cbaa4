using Bridge.Agents.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Bridge.Agents.AdaptiveScan.Completion;

/// <summary>
/// G: completes partial scans. Works on cells of 4 x 4 pixels, and in the middle on 8 x 8, so that it fits one processor core: 24 and 48 channels in place of the
/// paper's 32 to 128 at full size. What it gives is added to the first guess in its input.
/// </summary>
public sealed class GeneratorNetwork : Module<Tensor, Tensor>
{
    /// <summary>Channels: the correction of the guess for 16 pixels, then the logarithm of the cell's expected squared error.</summary>
    public const int Outputs = ScanInput.CellPixels + 1;

    private readonly Conv2d _begin, _fine1, _fine2, _down, _deep1, _deep2, _deep3, _deep4, _up, _last1, _last2, _end;

    /// <param name="width">Channels of the cells; twice as many in the middle.</param>
    public GeneratorNetwork(int width, Generator generator) : base(nameof(GeneratorNetwork))
    {
        Width = width;
        _begin = Conv2d(ScanInput.Channels, width, 3, padding: 1);
        _fine1 = Conv2d(width, width, 3, padding: 1);
        _fine2 = Conv2d(width, width, 3, padding: 1);
        _down = Conv2d(width, 2 * width, 3, stride: 2, padding: 1);
        _deep1 = Conv2d(2 * width, 2 * width, 3, padding: 1);
        _deep2 = Conv2d(2 * width, 2 * width, 3, padding: 1);
        _deep3 = Conv2d(2 * width, 2 * width, 3, padding: 1);
        _deep4 = Conv2d(2 * width, 2 * width, 3, padding: 1);
        _up = Conv2d(2 * width, width, 1);
        _last1 = Conv2d(width, width, 3, padding: 1);
        _last2 = Conv2d(width, width, 3, padding: 1);
        _end = Conv2d(width, Outputs, 3, padding: 1);
        RegisterComponents();
        foreach (Conv2d layer in modules().OfType<Conv2d>())
            FreshWeights.Draw(layer, generator, layer == _end ? 0.1f : layer == _fine2 || layer == _deep2 || layer == _deep4 || layer == _last2 ? 0.5f : 1);
    }

    public int Width { get; }

    /// <param name="input">(batch, <see cref="ScanInput.Channels"/>, cell rows, cell columns).</param>
    /// <returns>(batch, <see cref="Outputs"/>, cell rows, cell columns).</returns>
    public override Tensor forward(Tensor input)
    {
        Tensor fine = functional.relu(_begin.call(input));
        fine = fine + _fine2.call(functional.relu(_fine1.call(fine)));
        Tensor deep = functional.relu(_down.call(functional.relu(fine)));
        deep = functional.relu(deep + _deep2.call(functional.relu(_deep1.call(deep))));
        deep = functional.relu(deep + _deep4.call(functional.relu(_deep3.call(deep))));
        fine = functional.relu(fine + functional.interpolate(_up.call(deep), scale_factor: [2, 2]));
        fine = functional.relu(fine + _last2.call(functional.relu(_last1.call(fine))));
        return _end.call(fine);
    }
}
