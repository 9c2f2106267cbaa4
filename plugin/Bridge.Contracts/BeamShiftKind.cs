namespace Bridge.Contracts;

/// <summary>What the host advises in an alignment. The numbers are what the script function <c>NextBeamShift</c> returns.</summary>
public enum BeamShiftKind
{
    /// <summary>Set the shift, measure the beam, tell it.</summary>
    GoOn = 1,

    /// <summary>The beam is within the tolerance of the goal.</summary>
    Aligned = 2,

    /// <summary>It does not work; set the starting value again.</summary>
    GiveUp = 3,
}
