using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.CryoRL;

/// <summary>
/// Reward of a move to a good hole, by the outermost level that changes; a move to any other hole earns 0 (CryoRL, section 4.3: what it
/// prints is <c>ρ (1 - c(t))</c> with <c>c(t) = 1 - exp(-0.185 (t - 2))</c>, not the <c>ρ - c(t)</c> of its equation 1).
/// </summary>
public sealed record MoveRewards(double SamePatch, double SameSquare, double SameGridImage, double OtherGridImage)
{
    private const double Beta = 0.185;         // per minute
    private const double FreeMinutes = 2;      // t0: the shortest move of the paper costs nothing

    /// <summary>As printed: 1.0 / 0.57 / 0.23 / 0.09. The formula gives them at 2, 5, 10 and 15 minutes, <see cref="MoveMinutes.Reward"/>,
    /// and not at the 2, 3, 5 and 10 that the text names.</summary>
    public static MoveRewards Printed { get; } = new(1.0, 0.57, 0.23, 0.09);

    /// <summary>The formula at a table of minutes; for <see cref="MoveMinutes.Text"/> 1.0 / 0.83 / 0.57 / 0.23. At most 1: a move of less than two minutes earns no bonus.</summary>
    public static MoveRewards At(MoveMinutes minutes)
        => new(At(minutes.SamePatch), At(minutes.SameSquare), At(minutes.SameGridImage), At(minutes.OtherGridImage));

    public double this[MoveLevel level] => level switch
    {
        MoveLevel.SamePatch => SamePatch,
        MoveLevel.SameSquare => SameSquare,
        MoveLevel.SameGridImage => SameGridImage,
        _ => OtherGridImage,
    };

    private static double At(double minutes) => Math.Exp(-Beta * Math.Max(0, minutes - FreeMinutes));
}
