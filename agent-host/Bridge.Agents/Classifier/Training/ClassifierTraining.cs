using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Evaluation;
using Bridge.Agents.Classifier.Networks;
using Bridge.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace Bridge.Agents.Classifier.Training;

/// <summary>
/// Trains a classifier and finds out how good it is: squares are dealt to training, calibration and measurement, and nothing is asked of a square that was learned from. Goes on from an
/// earlier model where there is one, and says whether the new one is better.
/// </summary>
public sealed class ClassifierTraining
{
    /// <summary>Fewest measured holes and fewest squares: less cannot be divided.</summary>
    public const int LeastHoles = 40, LeastSquares = 3;

    private readonly HoleSet _set;

    /// <exception cref="ContractException">Too little was measured, or all of it is good, or all bad.</exception>
    public ClassifierTraining(HoleSet set)
    {
        _set = set;
        int[] labelled = set.Labelled();
        int squares = labelled.Select(hole => set.SquareOfHole[hole]).Distinct().Count(), good = labelled.Count(set.IsGood);
        if (labelled.Length < LeastHoles || squares < LeastSquares)
            throw new ContractException(FaultCode.BadField, $"{labelled.Length} measured holes with pictures in {squares} squares are too few to learn from: {LeastHoles} in {LeastSquares} squares are the least; add further sessions");
        if (good == 0 || good == labelled.Length)
            throw new ContractException(FaultCode.BadField, $"all {labelled.Length} measured holes are {(good == 0 ? "bad" : "good")}: there is nothing to tell apart; add a session with both");
    }

    public TrainerSettings Trainer { get; init; } = new();

    /// <summary>One of <see cref="HoleNetworks.Names"/>; of no use where <see cref="Start"/> is given.</summary>
    public string Network { get; init; } = HoleNetworks.Small;

    /// <summary>Channels of the small network's first blocks; likewise.</summary>
    public int Width { get; init; } = SmallResNet.DefaultWidth;

    /// <summary>What a crop shows along a side, in µm; null takes that of <see cref="Start"/>, else 3.25.</summary>
    public double? FieldUm { get; init; }

    /// <summary>One of <see cref="Calibrations.Names"/>.</summary>
    public string Calibration { get; init; } = TemperatureScaling.Name;

    /// <summary>Share of the holes to measure on, and to calibrate on.</summary>
    public double HeldOutShare { get; init; } = 0.25;

    /// <inheritdoc cref="HeldOutShare"/>
    public double CalibrationShare { get; init; } = 0.15;

    /// <summary>The model to go on from, which stays as it is; null begins anew.</summary>
    public ClassifierModel? Start { get; init; }

    /// <summary>The model that the new one must beat; null takes <see cref="Start"/>.</summary>
    public ClassifierModel? Rival { get; init; }

    /// <summary>Told each epoch and its mean loss.</summary>
    public Action<int, double>? Watch { get; init; }

    /// <exception cref="ContractException">The starting model is for other crops.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ClassifierResult Run(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Start is not null && Start.CropSize != _set.CropSize)
            throw new ContractException(FaultCode.BadField, $"the model to go on from is for crops of {Start.CropSize} px, these have {_set.CropSize} px");
        ClassifierModel? rival = Rival ?? Start;
        if (rival is not null && rival.CropSize != _set.CropSize)
            throw new ContractException(FaultCode.BadField, $"the model to beat is for crops of {rival.CropSize} px, these have {_set.CropSize} px");
        (int[] rest, int[] heldOut) = _set.SplitBySquare(_set.Labelled(), HeldOutShare, Trainer.Seed);
        (int[] training, int[] calibrating) = _set.SplitBySquare(rest, CalibrationShare / (1 - HeldOutShare), Trainer.Seed + 1);
        using var generator = new Generator((ulong)Trainer.Seed);
        nn.Module<Tensor, Tensor> network = HoleNetworks.Create(Start?.Kind ?? Network, Start?.Width ?? Width, generator);
        if (Start is not null)
            network.load_state_dict(Start.Network.state_dict());
        SupervisedTrainer.Train(network, _set, training, Trainer, Watch, progress, cancellationToken);
        var raw = new ClassifierModel(network, Start?.Kind ?? Network, Start?.Width ?? Width, _set.CropSize, FieldUm ?? Start?.FieldUm ?? 3.25, TemperatureScaling.None);
        ClassifierModel model = raw.With(Calibrations.Fit(Calibration, LogOdds(network, calibrating), Outcomes(calibrating)));
        return new ClassifierResult(model, training.Length, calibrating.Length, heldOut, Scores(raw, heldOut), Scores(model, heldOut), rival is null ? null : Scores(rival, heldOut));
    }

    private double[] LogOdds(nn.Module<Tensor, Tensor> network, int[] holes)
    {
        float[] outputs = CropScorer.Outputs(network, _set, holes);
        double[] logOdds = new double[holes.Length];
        for (int i = 0; i < logOdds.Length; i++)
            logOdds[i] = CropScorer.LogOdds(outputs, i);
        return logOdds;
    }

    private bool[] Outcomes(int[] holes) => [.. holes.Select(_set.IsGood)];

    private ClassifierScores Scores(ClassifierModel model, int[] holes) => new([.. model.Score(_set.Pictures, holes).Select(score => score.Probability)], Outcomes(holes));
}
