namespace Bridge.Agents.Alignment.Simulation;

/// <summary>What may be wrong with a microscope.</summary>
public enum BeamFault
{
    None,

    /// <summary>The beam does not react to the shift.</summary>
    Dead,

    /// <summary>From the fourth change of the shift on the beam moves the other way.</summary>
    Reverses,
}
