namespace Bridge.Agents.Alignment.Simulation;

/// <summary>What a step of an environment led to.</summary>
public readonly record struct AlignmentStep(double Reward, AlignmentStepEnd End);
