using System.Text;

namespace Bridge.StandIn.Language;

/// <summary>All variables of a run, local ones in front; persistent ones stay for the next run.</summary>
internal sealed class VariableStore
{
    /// <summary>Largest value in characters: a script that doubles an array again and again must not take the machine's memory.</summary>
    public const int MaxValueLength = 4_000_000;

    /// <summary>Most variables at a time.</summary>
    public const int MaxVariables = 100_000;

    private readonly Dictionary<string, Variable> _globals = new(StringComparer.Ordinal);
    private int _longestName = 1;

    /// <summary>The variables of the function or script that runs now.</summary>
    public Dictionary<string, Variable> Locals { get; set; } = new(StringComparer.Ordinal);

    public IEnumerable<Variable> All => Locals.Values.Concat(_globals.Values).OrderBy(variable => variable.Name, StringComparer.Ordinal);

    public Variable? Find(string name)
    {
        string upper = name.ToUpperInvariant();
        return Locals.GetValueOrDefault(upper) ?? _globals.GetValueOrDefault(upper);
    }

    /// <summary>Assigns to a variable, an element or a row: <c>name</c>, <c>name[2]</c>, <c>name[2][3]</c>.</summary>
    /// <exception cref="ScriptFault">It may not be assigned to, or the name or value cannot be one.</exception>
    public Variable Set(string target, string value, VariableKind kind = VariableKind.Regular)
    {
        string name = target.ToUpperInvariant();
        if (name.StartsWith('$') || value.StartsWith('$'))
            throw new ScriptFault($"the {(name.StartsWith('$') ? "name" : "value")} still begins with a $ after variables were put in; is '{(name.StartsWith('$') ? name : value)}' not defined?");
        if (value.Length > MaxValueLength)
            throw new ScriptFault($"the value of {name} would have {value.Length} characters; the limit here is {MaxValueLength}");
        int bracket = name.IndexOf('[');
        if (bracket == 0 || (bracket < 0 && name.Contains(']')))
            throw new ScriptFault($"[ and ] are misplaced in the variable name {name}");
        if (bracket > 0)
            return SetElement(name, bracket, value, kind);
        Variable? variable = Find(name);
        if (kind == VariableKind.Local && variable?.Kind != VariableKind.Local)
            variable = null;
        if (variable is null)
            variable = Add(new Variable(name, kind));
        else
            RequireAssignable(variable, kind);
        (variable.Value, variable.Rows) = (value, null);
        if (kind == VariableKind.Persistent && value.Length == 0)
            _globals.Remove(name);
        return variable;
    }

    /// <summary>A new variable, in place of an older one of the same name.</summary>
    public Variable Add(Variable variable, bool local = false)
    {
        Dictionary<string, Variable> into = local || variable.Kind == VariableKind.Local ? Locals : _globals;
        if (into.Count >= MaxVariables)
            throw new ScriptFault($"more than {MaxVariables} variables");
        _longestName = Math.Max(_longestName, variable.Name.Length);
        return into[variable.Name] = variable;
    }

    public void Remove(Variable variable)
    {
        if (Locals.GetValueOrDefault(variable.Name) == variable)
            Locals.Remove(variable.Name);
        else if (_globals.GetValueOrDefault(variable.Name) == variable)
            _globals.Remove(variable.Name);
    }

    /// <summary>Removes all variables of a kind, or with null all but the persistent ones.</summary>
    public void Clear(VariableKind? kind)
    {
        foreach (Variable variable in _globals.Values.Where(variable => kind is null ? variable.Kind != VariableKind.Persistent : variable.Kind == kind).ToList())
            _globals.Remove(variable.Name);
    }

    /// <summary>Sets <c>RepVal1</c> and <c>ReportedValue1</c> and so on, after removing those of the command before.</summary>
    public void Report(ReadOnlySpan<string> values)
    {
        for (int i = 1; i <= 6; i++)
        {
            Forget($"REPORTEDVALUE{i}");
            Forget($"REPVAL{i}");
        }
        for (int i = 0; i < values.Length; i++)
            ReportOne(i + 1, values[i]);
    }

    /// <summary>Sets one reported value and leaves the others.</summary>
    public void ReportOne(int number, string value)
    {
        ReadOnlySpan<string> names = [$"REPORTEDVALUE{number}", $"REPVAL{number}"];
        foreach (string name in names)
        {
            // A script's own variable of this name stays, as in SerialEM.
            if (Find(name) is null or { Kind: VariableKind.Report })
                Add(new Variable(name, VariableKind.Report) { Value = value });
        }
    }

    /// <summary>
    /// Puts values in the place of <c>$name</c>, <c>$name[i]</c> and <c>$#name</c>. The longest name that fits counts, local ones before global
    /// ones. From the back, so that an index is there before it is used.
    /// </summary>
    /// <exception cref="ScriptFault">A variable is not defined, or an index is wrong.</exception>
    public string Substitute(string item)
    {
        // A value may hold a $ again; as in SerialEM it is looked up too, but not for ever.
        for (int rounds = 0, dollar = item.LastIndexOf('$'); dollar >= 0; dollar = item.LastIndexOf('$'))
        {
            if (++rounds > 10_000)
                throw new ScriptFault("a variable's value names variables without end");
            bool count = dollar + 1 < item.Length && item[dollar + 1] == '#';
            int at = dollar + (count ? 2 : 1);
            Variable variable = Longest(item, at) ?? throw new ScriptFault($"the variable at '{Shorten(item[dollar..])}' is not defined");
            var subscripts = Subscripts.At(item, at + variable.Name.Length);
            string value = count ? Numbers.Format(CountOf(variable, subscripts)) : ValueOf(variable, subscripts);
            if (item.Length + value.Length > MaxValueLength)
                throw new ScriptFault($"the line grows beyond {MaxValueLength} characters when variables are put in");
            item = string.Concat(item.AsSpan(0, dollar), value, item.AsSpan(subscripts.End));
        }
        return item;
    }

    private Variable? Longest(string item, int at)
    {
        int most = Math.Min(_longestName, item.Length - at);
        Span<char> upper = stackalloc char[Math.Max(0, Math.Min(most, 256))];
        int length = item.AsSpan(at, upper.Length).ToUpperInvariant(upper);
        return LongestIn(Locals, upper[..length]) ?? LongestIn(_globals, upper[..length]);
    }

    private static Variable? LongestIn(Dictionary<string, Variable> variables, ReadOnlySpan<char> text)
    {
        if (variables.Count == 0)
            return null;
        Dictionary<string, Variable>.AlternateLookup<ReadOnlySpan<char>> lookup = variables.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int length = text.Length; length > 0; length--)
        {
            if (lookup.TryGetValue(text[..length], out Variable? variable))
                return variable;
        }
        return null;
    }

    private static int CountOf(Variable variable, Subscripts subscripts)
    {
        if (subscripts.First is null)
            return variable.Rows?.Count ?? Variable.Count(variable.Value);
        if (variable.Rows is null || subscripts.Second is not null)
            throw new ScriptFault("$# does not go with an array element");
        return Variable.Count(variable.Rows[Subscripts.Index(subscripts.First, variable.Rows.Count, variable.Name) - 1]);
    }

    private static string ValueOf(Variable variable, Subscripts subscripts)
    {
        if (subscripts.First is null)
            return variable.Rows is null ? variable.Value : throw new ScriptFault($"the 2-D array {variable.Name} needs a row number in brackets");
        if (variable.Rows is null)
        {
            return subscripts.Second is null
                ? variable.Value[Variable.Element(variable.Value, Subscripts.Index(subscripts.First, Variable.Count(variable.Value), variable.Name))]
                : throw new ScriptFault($"{variable.Name} is not a 2-D array");
        }
        string row = variable.Rows[Subscripts.Index(subscripts.First, variable.Rows.Count, variable.Name) - 1];
        return subscripts.Second is null ? row : row[Variable.Element(row, Subscripts.Index(subscripts.Second, Variable.Count(row), variable.Name))];
    }

    private Variable SetElement(string target, int bracket, string value, VariableKind kind)
    {
        string name = target[..bracket];
        var subscripts = Subscripts.At(target, bracket);
        if (subscripts.End != target.Length)
            throw new ScriptFault($"something follows the ] in {target}");
        Variable variable = Find(name) ?? throw new ScriptFault($"variable {name} must be defined before an element of it is assigned to");
        RequireAssignable(variable, kind);
        if (subscripts.Second is not null)
        {
            List<string> rows = variable.Rows ?? throw new ScriptFault($"{name} is not a 2-D array");
            int row = Subscripts.Index(subscripts.First!, rows.Count, name) - 1;
            rows[row] = Replaced(rows[row], subscripts.Second, value, name);
        }
        else if (variable.Rows is { } rows)
        {
            rows[Subscripts.Index(subscripts.First!, rows.Count, name) - 1] = value;
        }
        else
        {
            variable.Value = Replaced(variable.Value, subscripts.First!, value, name);
        }
        return variable;
    }

    private static string Replaced(string array, string subscript, string value, string name)
    {
        Range element = Variable.Element(array, Subscripts.Index(subscript, Variable.Count(array), name));
        if (array.Length + value.Length > MaxValueLength)
            throw new ScriptFault($"the value of {name} would be longer than {MaxValueLength} characters, the limit here");
        return new StringBuilder().Append(array.AsSpan(0, element.Start.Value)).Append(value).Append(array.AsSpan(element.End.Value)).ToString();
    }

    private static void RequireAssignable(Variable variable, VariableKind kind)
    {
        if (variable.Kind == VariableKind.Index)
            throw new ScriptFault($"{variable.Name} is a loop index and cannot be assigned to");
        bool persistent = kind == VariableKind.Persistent;
        if (persistent != (variable.Kind == VariableKind.Persistent))
            throw new ScriptFault($"{variable.Name} is {(persistent ? "not " : "")}persistent and must be assigned to with {(persistent ? "=" : ":=")}");
    }

    private void Forget(string name)
    {
        if (_globals.GetValueOrDefault(name) is { Kind: VariableKind.Report })
            _globals.Remove(name);
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
