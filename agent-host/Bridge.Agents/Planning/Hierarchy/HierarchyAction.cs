using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>What to do next where predictions exist only for patches whose image was taken.</summary>
/// <param name="Leaves">The outermost level that is left for it: a patch, a square or a grid-level image behind; <see cref="MoveLevel.SamePatch"/> stays.</param>
/// <param name="Why">One sentence for a person.</param>
public abstract record HierarchyAction(MoveLevel Leaves, string Why)
{
    /// <summary>Take the image of a patch, which shows the predictions of its holes.</summary>
    public sealed record Survey(int Patch, MoveLevel Leaves, string Why) : HierarchyAction(Leaves, Why);

    /// <summary>Collect a hole of a patch that was surveyed.</summary>
    public sealed record Shoot(int Hole, MoveLevel Leaves, string Why) : HierarchyAction(Leaves, Why);

    /// <summary>Nothing that is left pays for itself, or fits.</summary>
    public sealed record Stop(string Why) : HierarchyAction(MoveLevel.SamePatch, Why);
}
