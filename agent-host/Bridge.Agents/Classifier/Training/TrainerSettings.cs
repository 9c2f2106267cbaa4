namespace Bridge.Agents.Classifier.Training;

/// <summary>How a classifier learns from labelled holes.</summary>
public sealed record TrainerSettings
{
    /// <summary>Passes over the holes, 1 or more.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>Holes a step, 2 or more: batch normalisation needs a batch.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Highest learning rate; it falls to 0 along a half cosine (Loshchilov and Hutter 2017).</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Adam with decoupled weight decay; else SGD with Nesterov's momentum of 0.9, as FixMatch.</summary>
    public bool Adam { get; init; } = true;

    public double WeightDecay { get; init; } = 1e-3;

    /// <summary>Weight of the regression's squared error beside the cross entropy; 0 learns the class alone.</summary>
    public double Regression { get; init; } = 0.25;

    public bool Augment { get; init; } = true;

    public int Seed { get; init; }
}
