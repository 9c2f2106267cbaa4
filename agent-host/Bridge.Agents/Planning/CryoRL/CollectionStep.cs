namespace Bridge.Agents.Planning.CryoRL;

/// <summary>What one move of an episode brought.</summary>
/// <param name="Reward">0 to 1; see <see cref="MoveRewards"/>.</param>
/// <param name="Minutes">Of the move and the exposure.</param>
/// <param name="Good">True if the hole's measured value is good.</param>
/// <param name="End">Whether the episode is over after it.</param>
public readonly record struct CollectionStep(double Reward, double Minutes, bool Good, CollectionEnd End);
