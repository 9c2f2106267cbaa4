namespace Bridge.Agents.Planning;

/// <summary>A stay in one square, as it is expected now.</summary>
/// <param name="Square">Name of the square.</param>
/// <param name="FromMin">Minutes from now when the move there begins.</param>
/// <param name="ToMin">Minutes from now when its last planned hole is done.</param>
/// <param name="Holes">Holes planned there.</param>
/// <param name="Good">How many of them are expected to be good.</param>
public sealed record PlannedSquare(string Square, double FromMin, double ToMin, int Holes, double Good);
