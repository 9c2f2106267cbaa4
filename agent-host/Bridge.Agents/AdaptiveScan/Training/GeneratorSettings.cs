namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>How a generator learns.</summary>
public sealed record GeneratorSettings
{
    /// <summary>Channels of its cells.</summary>
    public int Width { get; init; } = 24;

    public int Steps { get; init; } = 3000;

    /// <summary>Scans a step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Highest learning rate: reached after 3 % of the steps, 0 at the end, along a cosine.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Limit of the gradient's norm.</summary>
    public double MostGradient { get; init; } = 1;
}
