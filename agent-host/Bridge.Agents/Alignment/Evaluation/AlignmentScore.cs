namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>How a policy did in some episodes.</summary>
/// <param name="Environment">Which episodes.</param>
/// <param name="Success">Share that ended aligned, 0 to 1.</param>
/// <param name="StepsMean">Shifts of those that ended aligned, on average; NaN if none did.</param>
/// <param name="PicturesMean">Their pictures, on average.</param>
/// <param name="RmsPx">Root mean square of their true distance from the goal; NaN if none did.</param>
public sealed record AlignmentScore(string Environment, string Policy, int Episodes, double Success, double StepsMean, double PicturesMean, double RmsPx);
