namespace Bridge.StandIn.Language;

/// <summary>
/// What stops a script, unless a Try block catches it. The message is for the script's author; the interpreter adds script and line.
/// </summary>
internal sealed class ScriptFault(string message) : Exception(message)
{
    /// <summary>SerialEM shows it in a box that waits for a click even after <c>NoMessageBoxOnError</c>.</summary>
    public bool AlwaysInBox { get; init; }
}
