namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>Settings of CRDPG. Where nothing else is said the defaults are those of Ede 2021, section 2; the studies of its figure 3 are options.</summary>
public sealed record CrdpgSettings
{
    /// <summary>LSTM or GRU.</summary>
    public RecurrentCellKind Cell { get; init; } = RecurrentCellKind.Lstm;

    /// <summary>Units of a layer; 256 in the paper.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>Layers of actor and critic.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Iterations, M; a million in the paper.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>Histories that are kept, R; 100 000 in the paper.</summary>
    public int Replay { get; init; } = 4000;

    /// <summary>Histories before the first update.</summary>
    public int Warmup { get; init; } = 64;

    /// <summary>Discount, gamma.</summary>
    public double Gamma { get; init; } = 0.97;

    /// <summary>Decay of the target networks at each iteration, beta.</summary>
    public double TargetDecay { get; init; } = 0.9997;

    /// <summary>Loss E of an action with a position over the image's edge.</summary>
    public double OverEdgePenalty { get; init; } = 0.1;

    /// <summary>Divide generator losses by their running mean (eq. 14).</summary>
    public bool NormaliseLosses { get; init; } = true;

    /// <summary>Clip generator losses to three standard deviations above their running mean (eq. 14).</summary>
    public bool ClipLosses { get; init; } = true;

    /// <summary>Decay of the running mean of generator losses, beta_L (eq. 13).</summary>
    public double LossDecay { get; init; } = 0.997;

    public double ActorRate { get; init; } = 0.0005;

    public double CriticRate { get; init; } = 0.001;

    /// <summary>Limit of a gradient's norm.</summary>
    public double MostGradient { get; init; } = 50;

    /// <summary>Exploration noise: pull towards its mean of 0 (theta) and size of its steps (sigma), eq. 3; it fades to nothing by the last iteration.</summary>
    public double NoiseTheta { get; init; } = 0.1;

    /// <inheritdoc cref="NoiseTheta"/>
    public double NoiseSigma { get; init; } = 0.2;
}
