namespace Bridge.Agents.Alignment.Simulation;

/// <summary>The reward of one step that ends nothing (paper, equation 1 and figure 7); success is +100 and failure -100 with each.</summary>
public enum AlignmentReward
{
    /// <summary>Closer than before 1, else -1; less the distance over the half edge of the picture.</summary>
    Informative,

    /// <summary>-1, wherever the beam is.</summary>
    NonInformative,

    /// <summary>Nothing.</summary>
    Sparse,
}
