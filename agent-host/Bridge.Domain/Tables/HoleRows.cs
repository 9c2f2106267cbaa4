using System.Globalization;
using System.Text;
using Bridge.Contracts;

namespace Bridge.Domain.Tables;

/// <summary>The rows of a table of holes, checked one by one; positions are still as written.</summary>
internal sealed class HoleRows
{
    private readonly string _file;
    private readonly HoleColumns _columns;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _squareOfPatch = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _gridImageOfSquare = new(StringComparer.Ordinal);
    private readonly List<string> _fields = [];
    private int _line = 1;

    private HoleRows(string file, HoleColumns columns)
    {
        (_file, _columns) = (file, columns);
        CtfA = columns.MeasuredCtfA < 0 ? null : [];
    }

    public bool InPixels => _columns.InPixels;

    /// <summary>One a row; the stage holds x and y in the table's unit.</summary>
    public List<Target> Targets { get; } = [];

    public List<double>? CtfA { get; }

    public static HoleRows Parse(string file, byte[] bytes)
    {
        string text = Decode(file, bytes);
        var lines = new StringReader(text);
        var names = new List<string>();
        string header = lines.ReadLine() ?? throw new ContractException(FaultCode.UnreadableFile, $"{file}: the table of holes is empty; give a CSV file with a header");
        if (!CsvLine.TrySplit(header, names))
            throw new ContractException(FaultCode.UnreadableFile, $"{file} line 1: a quote is not closed");
        var rows = new HoleRows(file, HoleColumns.Parse(file, names));
        while (lines.ReadLine() is { } line)
        {
            rows._line++;
            if (!string.IsNullOrWhiteSpace(line))
                rows.Add(line);
        }
        return rows.Targets.Count > 0 ? rows : throw new ContractException(FaultCode.NoTargets, $"{file}: the table has a header and no holes");
    }

    private void Add(string line)
    {
        if (!CsvLine.TrySplit(line, _fields))
            throw Bad("a quote is not closed, or something follows it");
        if (_fields.Count != _columns.Count)
            throw Bad($"there are {_fields.Count} fields and {_columns.Count} columns; is the line cut short?");
        if (Targets.Count == HoleTable.MaxHoles)
            throw new ContractException(FaultCode.TooLarge, $"{_file} line {_line}: more than {HoleTable.MaxHoles} holes; split the table");
        double limit = InPixels ? 1e6 : StageUm.Limit;
        var target = new Target
        {
            Item = Targets.Count + 1,
            Id = Name(_columns.Hole, "hole"),
            GridImage = Name(_columns.GridImage, "grid"),
            Square = Name(_columns.Square, "square"),
            Patch = Name(_columns.Patch, "patch"),
            Stage = new StageUm(
                Number(_columns.X, InPixels ? "x_px" : "x_um", -limit, limit),
                Number(_columns.Y, InPixels ? "y_px" : "y_um", -limit, limit),
                OptionalNumber(_columns.Z, "z_um", -limit, limit) ?? 0),
            PredictedCtfA = OptionalNumber(_columns.PredictedCtfA, "predicted_ctf_angstrom", 0, 1000),
            Probability = OptionalNumber(_columns.Probability, "probability", 0, 1),
        };
        if (!_names.Add(target.Id))
            throw Bad($"column 'hole': '{target.Id}' is there twice; every hole needs a name of its own");
        RequireOneParent(_squareOfPatch, target.Patch, target.Square, "patch", "square");
        RequireOneParent(_gridImageOfSquare, target.Square, target.GridImage, "square", "grid");
        Targets.Add(target);
        CtfA?.Add(Math.Min(HoleTable.CtfCapA, Number(_columns.MeasuredCtfA, "ctf_max_res_angstrom", 0, 1e9)));
    }

    private void RequireOneParent(Dictionary<string, string> parentOf, string child, string parent, string what, string parentWhat)
    {
        if (!parentOf.TryAdd(child, parent) && parentOf[child] != parent)
            throw Bad($"column '{what}': {what} '{child}' was in {parentWhat} '{parentOf[child]}' before and is in '{parent}' here; prefix each id by its parent's");
    }

    private string Name(int column, string name)
        => _fields[column].Length is > 0 and <= 256 ? _fields[column] : throw Bad($"column '{name}': the name must have 1 to 256 characters, this one has {_fields[column].Length}");

    private double Number(int column, string name, double min, double max)
        => OptionalNumber(column, name, min, max) ?? throw Bad($"column '{name}': there is no number");

    private double? OptionalNumber(int column, string name, double min, double max)
    {
        if (column < 0 || _fields[column].Length == 0)
            return null;
        return double.TryParse(_fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min && value <= max
            ? value
            : throw Bad(string.Create(CultureInfo.InvariantCulture, $"column '{name}': '{Shorten(_fields[column])}' is not a number from {min} to {max}"));
    }

    private static string Decode(string file, byte[] bytes)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        if (content.Contains((byte)0))
            throw new ContractException(FaultCode.UnreadableFile, $"{file}: this is not text in UTF-8 (it has zero bytes); save the table as CSV in UTF-8");
        return Encoding.UTF8.GetString(content);
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private ContractException Bad(string why) => new(FaultCode.UnreadableFile, $"{_file} line {_line}: {why}");
}
