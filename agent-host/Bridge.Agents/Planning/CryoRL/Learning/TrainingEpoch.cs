namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>What is known at the end of one epoch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Score">Good holes on <see cref="PlannerTraining.ScoreGrids"/>, mean over starts, and over sessions of half to two episodes: what the checkpoint is chosen by.</param>
/// <param name="Loss">Of the last update; NaN if there was none yet.</param>
/// <param name="Seconds">Since the beginning, without scoring.</param>
/// <param name="Model">The weights.</param>
public sealed record TrainingEpoch(int Number, double Score, double Loss, double Seconds, LearnedModel Model);
