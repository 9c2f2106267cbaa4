namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>How a generator learns.</summary>
public sealed record GeneratorSettings
{
    /// <summary>Channels of its cells.</summary>
    public int Width { get; init; } = 24;

    public int Steps { get; init; } = 4000;

    /// <summary>Scans a step.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>Limit of the gradient's norm.</summary>
    public double MostGradient { get; init; } = 1;
}
