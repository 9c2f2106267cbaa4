using System.Text;
using Bridge.Agents.Classifier.SemiSupervised.Evaluation;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary>The runs of an <c>evaluate ssl</c> in a JSON file, so that a comparison may be made in pieces: what is in the file is not made again, and the file is whole after every run.</summary>
internal sealed class SslRunFile
{
    private const long MaxBytes = 64 << 20;

    private readonly string? _path;
    private readonly JObject _of;
    private readonly List<SslRun> _runs = [];

    /// <param name="path">Its runs are taken over where it is there. Null keeps the runs in memory.</param>
    /// <param name="of">Seed, data and settings: what runs must have in common to be in one table.</param>
    /// <exception cref="ContractException">The file cannot be read, or its runs are of something else.</exception>
    public SslRunFile(string? path, JObject of)
    {
        (_path, _of) = (path, of);
        if (File.Exists(path))
            Read(path);
    }

    public IReadOnlyList<SslRun> Runs => _runs;

    public bool Has(string method, double labelsPercent, int run) => _runs.Exists(other => other.Method == method && other.LabelsPercent == labelsPercent && other.Run == run);

    /// <exception cref="ContractException">The file cannot be written.</exception>
    public void Add(SslRun run)
    {
        _runs.Add(run);
        if (_path is not null)
            EvaluationFiles.Write(_path, ToText());
    }

    /// <summary>The file's text.</summary>
    public string ToText() => ToJson().ToString(Formatting.Indented) + "\n";

    private JObject ToJson()
    {
        var json = new JObject { ["command"] = "evaluate ssl", ["version"] = Serving.RequestDispatcher.Version };
        json.Merge(_of);
        json["rows"] = new JArray(SslScore.Of(_runs).Select(SslTables.ToJson));
        json["runs"] = new JArray(_runs.Select(SslTables.ToJson));
        return json;
    }

    private void Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw new InvalidDataException($"it has more than {MaxBytes >> 20} MB");
            using var reader = new JsonTextReader(new StreamReader(path, Encoding.UTF8)) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
            var json = JObject.Load(reader);
            foreach ((string name, JToken? value) in _of)
            {
                if (!JToken.DeepEquals(value, json[name]))
                    throw new InvalidDataException($"its runs have '{name}' {Short(json[name])}, these have {Short(value)}; give another file");
            }
            _runs.AddRange(((JArray?)json["runs"] ?? throw new InvalidDataException("it has no 'runs'")).Select(SslTables.RunOf));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot go on with {path}: {e.Message}", e);
        }
    }

    private static string Short(JToken? token) => token?.ToString(Formatting.None) ?? "missing";
}
