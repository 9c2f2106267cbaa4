using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>What the Acquire at Items dialog is set to.</summary>
internal sealed record AcquirePlan
{
    /// <summary>Runs at each item before the primary action; null for none.</summary>
    public Script? Before { get; init; }

    /// <summary>The primary action; null to take an image with Record.</summary>
    public Script? Action { get; init; }

    /// <summary>Runs at each item after the primary action; null for none.</summary>
    public Script? After { get; init; }

    /// <summary>"Skip stage move to item if possible": a script moves there itself.</summary>
    public bool SkipMove { get; init; }

    /// <summary>"No message box when errors occur": a failed primary script does not end the run.</summary>
    public bool GoesOnAfterErrors { get; init; }
}
