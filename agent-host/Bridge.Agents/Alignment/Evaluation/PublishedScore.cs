namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>How soft actor-critics of several seeds do after some steps of learning.</summary>
/// <param name="Success">Share of test episodes aligned, over all seeds.</param>
/// <param name="WorstSuccess">Of the seed that does worst.</param>
/// <param name="StepsMean">Of those aligned; NaN if none was.</param>
/// <param name="RmsPx">Their distance from the goal in camera px; NaN if none was.</param>
/// <param name="StepsPerSecond">Steps learned in a second, tests not counted.</param>
public sealed record PublishedScore(string Policy, int TrainingSteps, int Seeds, double Success, double WorstSuccess, double StepsMean, double RmsPx, double StepsPerSecond);
