namespace Bridge.StandIn.Language;

/// <summary>How long a variable lives and who may set it.</summary>
internal enum VariableKind
{
    /// <summary>Until the run ends; seen everywhere.</summary>
    Regular,

    /// <summary>From one run to the next.</summary>
    Persistent,

    /// <summary>A loop's counter: until the loop ends; nobody may assign to it.</summary>
    Index,

    /// <summary>Set by the last command that reported something.</summary>
    Report,

    /// <summary>Until its function or script returns; seen only there.</summary>
    Local,
}
