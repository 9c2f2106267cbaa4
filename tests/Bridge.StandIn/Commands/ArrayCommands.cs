using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Arrays of one and two dimensions, by name or, for a row, by name and number: <c>name[2]</c>.</summary>
internal static class ArrayCommands
{
    private const int MaxElements = 500_000;

    public static void AddTo(CommandSet set)
    {
        set.Add("NewArray", 3, NewArray);
        set.Add("New2DArray", 1, New2DArray);
        set.Add("AppendToArray", 2, Append);
        set.Add("TruncateArray", 2, Truncate);
        set.Add("ArrayStatistics", 1, Statistics);
        set.Add("LinearFitToVars", 2, LinearFit);
    }

    private static void NewArray(CommandCall call) => Create(call, Zeros(call.Integer(3)), rows: null);

    private static void New2DArray(CommandCall call)
    {
        int rows = call.Integer(3), columns = call.Integer(4);
        if (rows < 0 || columns < 0 || (columns > 0 && rows == 0) || (long)rows * Math.Max(1, columns) > MaxElements)
            throw new ScriptFault($"a 2-D array cannot have {rows} rows of {columns} elements (at most {MaxElements} in all)");
        string row = Zeros(columns);
        Create(call, "0", [.. Enumerable.Repeat(row, rows)]);
    }

    private static void Create(CommandCall call, string value, List<string>? rows)
    {
        VariableKind kind = call.Integer(2) switch { < 0 => VariableKind.Local, > 0 => VariableKind.Persistent, _ => VariableKind.Regular };
        call.Run.Variables.Set(call.Text(1), value.Length == 0 && kind == VariableKind.Persistent ? "0" : value, kind).Rows = rows;
    }

    private static string Zeros(int count)
        => count is >= 0 and <= MaxElements ? string.Join('\n', Enumerable.Repeat("0", count)) : throw new ScriptFault($"an array cannot have {count} elements (at most {MaxElements})");

    private static void Append(CommandCall call)
    {
        string added = Assignment.Value(call.Items, 2, call.Run.ParsesQuotes);
        Slot slot = Find(call, 1);
        if (slot.IsWhole2D)
            slot.Variable.Rows!.Add(added);
        else
            slot.Value = slot.Value.Length == 0 ? added : Limited($"{slot.Value}\n{added}");
    }

    private static string Limited(string value)
        => value.Length <= VariableStore.MaxValueLength ? value : throw new ScriptFault($"the array would have more than {VariableStore.MaxValueLength} characters, the limit here");

    private static void Truncate(CommandCall call)
    {
        int count = call.Integer(2);
        if (count < 1)
            throw new ScriptFault("the number of elements to keep must be 1 or more");
        Slot slot = Find(call, 1);
        if (slot.IsWhole2D)
        {
            if (slot.Variable.Rows!.Count > count)
                slot.Variable.Rows.RemoveRange(count, slot.Variable.Rows.Count - count);
        }
        else if (Variable.Count(slot.Value) > count)
        {
            slot.Value = slot.Value[..Variable.Element(slot.Value, count).End.Value];
        }
    }

    /// <summary>Number, least, greatest, mean, standard deviation (n - 1), median.</summary>
    private static void Statistics(CommandCall call)
    {
        double[] values = Values(call, 1);
        Array.Sort(values);
        double mean = values.Average();
        double sd = values.Length > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)) : 0;
        double median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        call.ReportTo(2, values.Length, values[0], values[^1], mean, sd, median);
    }

    /// <summary>Number, slope, intercept, correlation of y (second array) on x (first).</summary>
    private static void LinearFit(CommandCall call)
    {
        if (call.Has(3))
            throw new ScriptFault("LinearFitToVars with three arrays is not simulated");
        double[] x = Values(call, 1), y = Values(call, 2);
        if (x.Length != y.Length || x.Length < 2)
            throw new ScriptFault($"a line cannot be fitted to {x.Length} and {y.Length} values");
        double mx = x.Average(), my = y.Average(), sxx = 0, sxy = 0, syy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sxx += (x[i] - mx) * (x[i] - mx);
            sxy += (x[i] - mx) * (y[i] - my);
            syy += (y[i] - my) * (y[i] - my);
        }
        double slope = sxx > 0 ? sxy / sxx : 0;
        call.Report(x.Length, slope, my - slope * mx, sxx * syy > 0 ? sxy / Math.Sqrt(sxx * syy) : 0);
    }

    private static double[] Values(CommandCall call, int argument)
    {
        Slot slot = Find(call, argument);
        IEnumerable<string> rows = slot.IsWhole2D ? slot.Variable.Rows! : [slot.Value];
        double[] values = [.. rows.Where(row => row.Length > 0).SelectMany(row => row.Split('\n')).Select(Arithmetic.ToNumber)];
        return values.Length > 0 ? values : throw new ScriptFault($"{call.Text(argument)} has no elements");
    }

    private static Slot Find(CommandCall call, int argument)
    {
        string text = call.Text(argument);
        int bracket = text.IndexOf('[');
        string name = bracket > 0 ? text[..bracket] : text;
        Variable variable = call.Run.Variables.Find(name) ?? throw new ScriptFault($"there is no variable {name}");
        var subscripts = Subscripts.At(text, name.Length);
        if (subscripts.First is null)
            return new Slot(variable, -1);
        if (variable.Rows is null || subscripts.Second is not null)
            throw new ScriptFault($"{text} is a single element, not an array");
        return new Slot(variable, Subscripts.Index(subscripts.First, variable.Rows.Count, name) - 1);
    }

    /// <summary>A whole variable, or one row of it.</summary>
    private sealed record Slot(Variable Variable, int Row)
    {
        public bool IsWhole2D => Row < 0 && Variable.Rows is not null;

        public string Value
        {
            get => Row < 0 ? Variable.Value : Variable.Rows![Row];
            set
            {
                if (Row < 0)
                    Variable.Value = value;
                else
                    Variable.Rows![Row] = value;
            }
        }
    }
}
