using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.Measuring;

/// <summary>Rows for a person, as a Markdown table that fits into a README, and for a program, as JSON of the form that
/// <c>agent-host evaluate</c> writes, with the machine added.</summary>
internal sealed class Report(string command, params string[] columns)
{
    private readonly List<string[]> _lines = [];
    private readonly JArray _rows = [];
    private readonly string? _busy = Machine.Busy();

    /// <param name="cells">One text for each column.</param>
    /// <param name="row">The same, flat, with units in the names.</param>
    public void Add(string[] cells, JObject row)
    {
        _lines.Add(cells);
        _rows.Add(row);
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(Machine.Describe());
        if (_busy is not null)
            Console.WriteLine(_busy);
        Console.WriteLine();
        int[] widths = [.. columns.Select((title, column) => _lines.Select(line => line[column].Length).Append(title.Length).Max())];
        Console.WriteLine(Line(columns, widths));
        Console.WriteLine(Line([.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")], widths));
        foreach (string[] line in _lines)
            Console.WriteLine(Line(line, widths));
        Console.WriteLine();
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <param name="seed">Of what was random; null if nothing was.</param>
    /// <param name="more">What else belongs to the result.</param>
    public void Write(FileInfo? file, int? seed = null, params JProperty[] more)
    {
        if (file is null)
            return;
        var result = new JObject
        {
            ["command"] = command,
            ["version"] = AgentHost.Serving.RequestDispatcher.Version,
            ["machine"] = Machine.Describe(),
            ["busy"] = _busy,
            ["rows"] = _rows,
        };
        if (seed is not null)
            result.Property("machine")!.AddBeforeSelf(new JProperty("seed", seed));
        foreach (JProperty property in more)
            result.Add(property);
        File.WriteAllText(file.FullName, result.ToString(Formatting.Indented) + "\n");
    }

    public static string Number(double value, string format = "0.0") => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);

    private static string Line(string[] cells, int[] widths)
        => "| " + string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |";
}
