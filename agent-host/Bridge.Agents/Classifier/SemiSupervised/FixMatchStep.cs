namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>What one step of <see cref="FixMatch"/> learned from.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Steps">Of the whole training.</param>
/// <param name="Loss">Before the step.</param>
/// <param name="Confident">The unlabelled holes that passed the cut-off, in the order of the batch.</param>
/// <param name="TakenForGood">What each of them was taken for.</param>
public sealed record FixMatchStep(int Number, int Steps, double Loss, IReadOnlyList<int> Confident, IReadOnlyList<bool> TakenForGood);
