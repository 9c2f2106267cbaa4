namespace Bridge.Agents.Planning.Groups;

/// <summary>Holes that are reached by image shift from one stage position.</summary>
/// <param name="Centre">Position in the grid of the hole at which the stage stands.</param>
/// <param name="Members">Positions of all its holes, the centre first.</param>
public sealed record ShiftGroup(int Centre, IReadOnlyList<int> Members);
