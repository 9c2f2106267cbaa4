namespace Bridge.StandIn.Language;

/// <summary>A function as its first line declares it.</summary>
/// <param name="Script">Where it stands.</param>
/// <param name="Name">Case counts.</param>
/// <param name="Line">Position of its <c>Function</c> line in the script's lines.</param>
/// <param name="Numbers">How many numbers it takes.</param>
/// <param name="TakesText">Whether a text follows them.</param>
/// <param name="Arguments">Names of the variables that hold them, numbers first, in capitals.</param>
internal sealed record ScriptFunction(Script Script, string Name, int Line, int Numbers, bool TakesText, IReadOnlyList<string> Arguments)
{
    public static ScriptFunction Declared(Script script, int index, ScriptLine line)
    {
        int numbers = Math.Clamp(Language.Numbers.LeadingInteger(line.Item(2)), 0, Tokens.Most);
        bool text = line.Item(3) is not ("" or "0");
        var names = new string[numbers + (text ? 1 : 0)];
        for (int i = 0; i < names.Length; i++)
            names[i] = line.Item(4 + i) is { Length: > 0 } name ? name.ToUpperInvariant() : $"ARGVAL{i + 1}";
        return new ScriptFunction(script, line.Item(1), index, numbers, text, names);
    }
}
