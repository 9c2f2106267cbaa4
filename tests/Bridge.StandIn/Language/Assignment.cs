namespace Bridge.StandIn.Language;

/// <summary>The lines <c>name = value</c>, <c>name := value</c>, <c>name @= text</c> and <c>name :@= text</c>.</summary>
internal static class Assignment
{
    public static void Execute(Interpreter run, ScriptLine line, List<string> items)
    {
        VariableKind kind = line.Item(1).StartsWith(':') ? VariableKind.Persistent : VariableKind.Regular;
        string value = line.IsStringAssignment
            ? run.Rest(line.Text, 2).Replace("\\n", "\n", StringComparison.Ordinal)
            : Value(items, 2, run.ParsesQuotes);
        run.Variables.Set(items[0], value, kind);
    }

    /// <summary>What an expression or <c>{array}</c> comes to; elements are lines.</summary>
    /// <param name="items">With variables put in; those from <paramref name="first"/> on are used up.</param>
    /// <exception cref="ScriptFault">The expression or the braces are wrong.</exception>
    public static string Value(List<string> items, int first, bool quotes)
    {
        List<string> values = items.GetRange(first, Math.Max(0, items.Count - first));
        bool array = TakeBraces(values) ?? throw new ScriptFault("{ and } must be at the beginning and end of the values");
        if (!quotes)
            Tokens.SeparateParentheses(values, 0);
        if (values.Count == 0)
            return "";
        Arithmetic.Evaluate(values, array);
        return array ? string.Join('\n', values) : values[0];
    }

    /// <summary>Takes the braces away.</summary>
    /// <returns>True for an array, false if there are no braces, null if there is only one.</returns>
    public static bool? TakeBraces(List<string> values)
    {
        if (values.Count == 0)
            return false;
        bool begins = values[0].StartsWith('{'), ends = values[^1].EndsWith('}');
        if (begins != ends || (begins && values is [{ Length: 1 }]))
            return null;
        if (!begins)
            return false;
        values[0] = values[0][1..];
        values[^1] = values[^1][..^1];
        values.RemoveAll(value => value.Length == 0);
        return true;
    }
}
