namespace Bridge.Agents.AdaptiveScan.Crdpg;

/// <summary>What actor and critic remember with.</summary>
public enum RecurrentCellKind
{
    /// <summary>Long short-term memory.</summary>
    Lstm,

    /// <summary>Gated recurrent unit.</summary>
    Gru,
}
