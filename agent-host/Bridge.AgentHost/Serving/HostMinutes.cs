using System.Globalization;
using Bridge.Contracts;
using Bridge.Domain.Files;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Minutes of moves, kept from one session to the next in a small file of the data folder, which is one microscope's. A session that names no minutes begins with them. Used by all
/// sessions at once.
/// </summary>
/// <param name="path">The file; it need not exist. Null keeps nothing.</param>
public sealed class HostMinutes(string? path)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "minutes.json";

    /// <summary>A level with fewer timed moves stays as it was.</summary>
    public const int LeastMoves = LearnedMinutes.PriorMoves;

    private const int Version = 1, Levels = 4;
    private const long MostBytes = 10_000;

    private readonly Lock _lock = new();

    /// <summary>Keeps nothing.</summary>
    public static HostMinutes None { get; } = new(null);

    /// <summary>What earlier sessions learned.</summary>
    /// <returns>Null without such a file; and where one cannot be used, what became of it.</returns>
    public (MoveMinutes? Minutes, string? Warning) Read(TimeProvider time)
    {
        lock (_lock)
        {
            if (path is null || !File.Exists(path))
                return (null, null);
            try
            {
                return (Parse(), null);
            }
            catch (Exception e) when (e is JsonException or FormatException or ContractException)
            {
                return (null, $"the minutes of moves kept in {path} cannot be used ({e.Message}); the file is now {PutAside(time)}, and the session begins with the paper's minutes");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return (null, $"the minutes of moves kept in {path} cannot be read ({e.Message}); the session begins with the paper's minutes");
            }
        }
    }

    /// <summary>Takes over the levels of which a session has timed enough moves.</summary>
    /// <param name="moves">Of a level, in the session.</param>
    /// <returns>The file, or null if the session has nothing to keep.</returns>
    /// <exception cref="IOException">It cannot be written; the old one is as it was.</exception>
    public string? Keep(MoveMinutes learned, Func<MoveLevel, int> moves, TimeProvider time)
    {
        lock (_lock)
        {
            if (path is null || !Enumerable.Range(0, Levels).Any(level => moves((MoveLevel)level) >= LeastMoves))
                return null;
            MoveMinutes before = Read(time).Minutes ?? MoveMinutes.Text;
            double[] minutes = new double[Levels];
            for (int level = 0; level < Levels; level++)
            {
                double its = moves((MoveLevel)level) >= LeastMoves ? learned[(MoveLevel)level] : before[(MoveLevel)level];
                minutes[level] = Math.Round(Math.Max(its, level == 0 ? 0 : minutes[level - 1]), 4); // an outer move contains an inner one
            }
            var json = new JObject
            {
                ["version"] = Version,
                ["minutes"] = new JArray(minutes),
                ["updated"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            };
            OutputFile.Replace(path, System.Text.Encoding.UTF8.GetBytes(json.ToString()));
            return path;
        }
    }

    private MoveMinutes Parse()
    {
        if (new FileInfo(path!).Length > MostBytes)
            throw new FormatException($"it is larger than {MostBytes} bytes");
        JObject json = JObject.Parse(File.ReadAllText(path!));
        if (json["version"] is not JValue { Value: long version })
            throw new FormatException("it has no version");
        if (version != Version)
            throw new FormatException($"its version is {version}, and this program reads {Version}");
        if (json["minutes"] is not JArray { Count: Levels } numbers || numbers.Any(number => number.Type is not (JTokenType.Float or JTokenType.Integer)))
            throw new FormatException($"it has no {Levels} minutes");
        return MoveMinutes.Parse(string.Join(',', numbers.Select(number => number.Value<double>().ToString("R", CultureInfo.InvariantCulture))));
    }

    /// <summary>So that nobody meets it again, and somebody can look at it.</summary>
    /// <returns>Where it is.</returns>
    private string PutAside(TimeProvider time)
    {
        string aside = $"{path}.damaged-{time.GetUtcNow().UtcDateTime:yyyyMMddTHHmmss}";
        try
        {
            File.Move(path!, aside, overwrite: true);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path} still ({e.Message})";
        }
    }
}
