namespace Bridge.Agents.Alignment;

/// <summary>What is known of the response along one direction of the shift.</summary>
/// <param name="Direction">Unit vector in shift space.</param>
/// <param name="Probed">How far the shift was changed along it: the displacement for one unit of shift is known to the noise divided by this.</param>
/// <param name="Response">Displacement in px for one unit of shift.</param>
/// <param name="IsKnown">True if the beam visibly moved with it.</param>
public readonly record struct Axis(Xy Direction, double Probed, Xy Response, bool IsKnown);
