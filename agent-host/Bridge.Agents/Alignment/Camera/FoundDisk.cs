namespace Bridge.Agents.Alignment.Camera;

/// <summary>What was found in a picture.</summary>
/// <param name="Centre">In px, (0, 0) being the middle of the top left pixel; null if there is not one beam.</param>
/// <param name="Why">Why not, for a person; null if there is one.</param>
public sealed record FoundDisk(Xy? Centre, double RadiusPx, string? Why)
{
    internal static FoundDisk None(string why) => new(null, 0, why);
}
