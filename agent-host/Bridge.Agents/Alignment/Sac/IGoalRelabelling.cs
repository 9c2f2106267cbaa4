namespace Bridge.Agents.Alignment.Sac;

/// <summary>
/// Hindsight (Andrychowicz et al. 2017): what a transition would have been with another goal. Where the beam goes does not depend on the goal, and the
/// reward is a known function of where it was and is, so each transition teaches about every goal.
/// </summary>
public interface IGoalRelabelling
{
    /// <summary>Rewrites a transition for a goal drawn at random.</summary>
    /// <param name="state">Rewritten, like <paramref name="action"/> and <paramref name="next"/>.</param>
    /// <returns>The reward, and whether the episode would have ended there; null if this one cannot be rewritten.</returns>
    (double Reward, bool Terminated)? Relabel(Span<float> state, Span<float> action, Span<float> next, Random random);
}
