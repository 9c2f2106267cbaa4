namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>One decision and what came of it within n steps.</summary>
/// <param name="State">Where it was taken.</param>
/// <param name="Row">Which candidate was taken.</param>
/// <param name="Return">Discounted rewards of the steps.</param>
/// <param name="Next">The state after them; any state where the episode terminated.</param>
/// <param name="Discount">γ to the number of steps; 0 where the episode terminated, so that nothing is expected of <see cref="Next"/>.</param>
internal sealed record Transition(StateRows State, int Row, float Return, StateRows Next, float Discount);
