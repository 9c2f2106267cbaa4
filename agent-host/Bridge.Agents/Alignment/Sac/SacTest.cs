namespace Bridge.Agents.Alignment.Sac;

/// <summary>Test episodes after some steps of learning, played without exploration.</summary>
/// <param name="Step">Steps learned.</param>
/// <param name="Success">Share aligned, 0 to 1.</param>
/// <param name="StepsMean">Of those aligned; NaN if none was.</param>
/// <param name="RewardMean">Sum of an episode's rewards, on average.</param>
/// <param name="Seconds">Learned so long, tests not counted.</param>
public sealed record SacTest(int Step, double Success, double StepsMean, double RewardMean, double Seconds);
