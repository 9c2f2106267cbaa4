namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>How FixMatch learns. The defaults are SSL²-RL's (appendix B.2), but for what README.md names.</summary>
public sealed record FixMatchSettings
{
    /// <summary>Labelled crops a step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>uratio: unlabelled crops for each labelled one; 0 learns from labels alone.</summary>
    public int UnlabelledRatio { get; init; } = 4;

    /// <summary>ulb_loss_ratio, λ: weight of the unsupervised loss. FixMatch's (section 4 there), not the 5 of SSL²-RL: that harms in trainings as short as this, see README.md.</summary>
    public double UnlabelledWeight { get; init; } = 1;

    /// <summary>p_cutoff, τ: how sure the network must be of a weakly augmented crop, 0.5 to 1.</summary>
    public double CutOff { get; init; } = 0.8;

    /// <summary>Steps of the first training, and its learning rate, which falls to 0 along half a cosine.</summary>
    public int Steps { get; init; } = 1000;

    /// <inheritdoc cref="Steps"/>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>Steps of a fine-tuning, and its learning rate.</summary>
    public int FineTuningSteps { get; init; } = 100;

    /// <inheritdoc cref="FineTuningSteps"/>
    public double FineTuningLearningRate { get; init; } = 0.003;

    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Channels of the network's first blocks.</summary>
    public int Width { get; init; } = 8;

    /// <summary>Before the last layer.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Of the strong augmentation's shapes and cut-out, 0 to 1.</summary>
    public double Strength { get; init; } = 1;

    /// <summary>Of the strong augmentation's grey levels, 0 to 1. Less where all views have one exposure: then the grey level of a hole is the thickness of its ice.</summary>
    public double GreyStrength { get; init; } = 1;
}
