namespace Bridge.StandIn.Language;

/// <summary>One script: its lines without comments, its name and its functions. Immutable.</summary>
internal sealed class Script
{
    /// <param name="file">Name for messages.</param>
    /// <param name="number">Its number among the scripts, from 1.</param>
    /// <param name="text">The whole of it.</param>
    /// <param name="firstLine">Line of the file where it begins.</param>
    public Script(string file, int number, string text, int firstLine = 1)
    {
        (File, Number) = (file, number);
        IsPython = text.AsSpan().TrimStart(" \t\r\n#").StartsWith("!Python", StringComparison.OrdinalIgnoreCase);
        if (!IsPython)
            ReadLines(text, firstLine);
        var functions = new List<ScriptFunction>();
        for (int i = 0; i < _lines.Count; i++)
        {
            ScriptLine line = _lines[i];
            if (line.Command is "MACRONAME" or "SCRIPTNAME" && line.Items.Count > 1)
                Name = Tokens.After(line.Text, 1);
            else if (line.Command == "FUNCTION" && line.Items.Count > 1 && !line.IsAssignment)
                functions.Add(ScriptFunction.Declared(this, i, line));
        }
        Functions = functions;
        Blocks = BlockMap.Of(this);
    }

    private readonly List<ScriptLine> _lines = [];

    public string File { get; }

    public int Number { get; }

    /// <summary>From <c>ScriptName</c> or <c>MacroName</c>; empty if it has none. Case counts.</summary>
    public string Name { get; } = "";

    /// <summary>SerialEM hands such a script to Python; it is not read here.</summary>
    public bool IsPython { get; }

    public IReadOnlyList<ScriptLine> Lines => _lines;

    public IReadOnlyList<ScriptFunction> Functions { get; }

    public BlockMap Blocks { get; }

    /// <summary>What SerialEM would say of its comments; null if nothing.</summary>
    public (int Line, string Message)? CommentProblem { get; private set; }

    /// <summary>Name, or number, and file: for messages.</summary>
    public override string ToString() => Name.Length > 0 ? $"script {Number} '{Name}' ({File})" : $"script {Number} ({File})";

    private void ReadLines(string text, int firstLine)
    {
        int commentFrom = 0;
        foreach ((int number, string joined) in Joined(text, firstLine))
        {
            if (commentFrom > 0)
            {
                if (joined.AsSpan().TrimStart().StartsWith("/*"))
                    CommentProblem ??= (number, "a comment /* begins inside a /* … */ comment");
                if (joined.Contains("*/", StringComparison.Ordinal))
                    commentFrom = 0;
                continue;
            }
            List<string> items = Tokens.Split(joined, quotes: false, out bool tooMany);
            if (items.Count == 0)
                continue;
            if (items[0].StartsWith("/*", StringComparison.Ordinal))
                commentFrom = joined.Contains("*/", StringComparison.Ordinal) ? 0 : number;
            else
                _lines.Add(new ScriptLine(number, joined.Trim(), items, tooMany));
        }
        if (commentFrom > 0)
            CommentProblem ??= (commentFrom, "the comment /* is not closed with */");
    }

    /// <summary>Lines with their continuations: a line that ends in a blank and a backslash goes on. Comment lines in between are left out.</summary>
    private static IEnumerable<(int Number, string Text)> Joined(string text, int firstLine)
    {
        string[] raw = text.Split('\n');
        var parts = new List<string>();
        int number = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            string line = raw[i].TrimEnd('\r');
            if (line.AsSpan().TrimStart().StartsWith("#"))
                continue;
            if (parts.Count == 0)
                number = firstLine + i;
            bool goesOn = line.EndsWith(" \\", StringComparison.Ordinal) && i < raw.Length - 1;
            parts.Add(goesOn ? line[..^1] : line);
            if (goesOn)
                continue;
            yield return (number, parts.Count == 1 ? parts[0] : string.Concat(parts));
            parts.Clear();
        }
        if (parts.Count > 0)
            yield return (number, string.Concat(parts));
    }
}
