namespace Bridge.StandIn.Language;

/// <summary>One script or function that is being carried out, or waits for one it called.</summary>
internal sealed class Frame(Script script, ScriptFunction? function)
{
    public Script Script { get; } = script;

    /// <summary>Null for a script.</summary>
    public ScriptFunction? Function { get; } = function;

    /// <summary>Position of the line that comes next.</summary>
    public int Position { get; set; } = function is null ? 0 : function.Line + 1;

    public List<OpenBlock> Blocks { get; } = [];

    public Dictionary<string, Variable> Locals { get; } = new(StringComparer.Ordinal);
}
