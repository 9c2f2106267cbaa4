namespace Bridge.Agents.Alignment.Simulation;

/// <summary>The environment of the paper's public code, and what its studies vary (facts/alignment.md; paper, figures 5 to 8).</summary>
public sealed record PublishedAlignmentSettings
{
    /// <summary>Camera px for one px of the environment; published: 520/127. The paper's study has 1, 2 and 4.</summary>
    public double Binning { get; init; } = 520.0 / 127;

    /// <summary>Goal in px of the environment at the published binning.</summary>
    public Xy Goal { get; init; } = new(4, 8);

    /// <summary>Aligned within so many px of the environment.</summary>
    public double Tolerance { get; init; } = 3;

    /// <summary>The published code's step size: one unit of action moves the beam by this / 10 · 1040/255 camera px.</summary>
    public double StepSize { get; init; } = 100;

    /// <summary>Multiplies every displacement: another camera length. 0.75 in the paper's re-learning study.</summary>
    public double Response { get; init; } = 1;

    public double RotationRad { get; init; } = Math.PI / 6;

    /// <summary>Standard deviation of the noise, as a share of the larger component of a displacement.</summary>
    public double ResponseNoise { get; init; } = 0.001;

    /// <summary>Steps after which an episode is cut off.</summary>
    public int MaxSteps { get; init; } = 200;

    public AlignmentReward Reward { get; init; } = AlignmentReward.Informative;
}
