using System.Security.Cryptography;
using System.Text;
using Bridge.Domain.Files;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Agents.Weights;

/// <summary>What is known of trained weights, in a JSON file beside them (<c>dqn.json</c> beside <c>dqn.safetensors</c>): where they come from, and the checksum
/// that tells whether the file is still the one that was measured.</summary>
/// <param name="Weights">Name of the weights' file, without folder.</param>
/// <param name="Sha256">Its SHA-256, 64 hexadecimal digits.</param>
/// <param name="About">Everything else by name: learner, data, seed, commit, command, score and so on.</param>
public sealed record ModelCard(string Weights, string Sha256, IReadOnlyDictionary<string, string> About)
{
    /// <summary>Names in the card beside those of the weights' own metadata.</summary>
    public const string WeightsKey = "weights", Sha256Key = "sha256", CommitKey = "commit", CommandKey = "command";

    /// <summary>Name in the weights' metadata of the version that wrote them, with the commit behind a plus sign.</summary>
    public const string VersionKey = "version";

    /// <summary>Where the weights lie that came with the program.</summary>
    public static string ShippedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    private const long MaxBytes = 1 << 20;

    /// <summary>Where the card of a weights file lies.</summary>
    public static string PathOf(string weights) => Path.ChangeExtension(weights, ".json");

    /// <summary>The card of weights that have just been written.</summary>
    /// <param name="metadata">What the weights say of themselves.</param>
    /// <param name="command">The command that made them.</param>
    public static ModelCard For(string weights, IReadOnlyDictionary<string, string> metadata, string command)
    {
        string version = metadata.GetValueOrDefault(VersionKey, "");
        var about = new Dictionary<string, string>(metadata)
        {
            [CommitKey] = version.Contains('+', StringComparison.Ordinal) ? version[(version.IndexOf('+', StringComparison.Ordinal) + 1)..] : "unknown",
            [CommandKey] = command,
        };
        return new ModelCard(Path.GetFileName(weights), Checksum(weights), about);
    }

    /// <summary>Reads the card of a weights file; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is no card; the message names file and cause.</exception>
    public static ModelCard? Read(string weights)
    {
        string path = PathOf(weights);
        if (!File.Exists(path))
            return null;
        if (new FileInfo(path).Length > MaxBytes)
            throw new InvalidDataException($"{path} is larger than any card ({MaxBytes} bytes)");
        try
        {
            var json = JObject.Parse(File.ReadAllText(path));
            return json[WeightsKey] is JValue { Type: JTokenType.String } name && json[Sha256Key] is JValue { Type: JTokenType.String } checksum
                ? new ModelCard((string)name!, (string)checksum!, json.Properties().Where(property => property.Name is not (WeightsKey or Sha256Key)).ToDictionary(property => property.Name, property => property.Value.ToString()))
                : throw new InvalidDataException($"{path} is no card of weights: it does not say '{WeightsKey}' and '{Sha256Key}'");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no card of weights: {e.Message}", e);
        }
    }

    /// <summary>Writes it beside the weights.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string weights)
    {
        var json = new JObject { [WeightsKey] = Weights, [Sha256Key] = Sha256 };
        foreach ((string name, string value) in About.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json[name] = value;
        OutputFile.Replace(PathOf(weights), Encoding.UTF8.GetBytes(json.ToString(Formatting.Indented) + "\n"));
    }

    /// <summary>Compares weights with their card, where there is one.</summary>
    /// <param name="required">There must be one.</param>
    /// <exception cref="InvalidDataException">The weights are others, or there is no card, or it is none; the message says what to do.</exception>
    /// <exception cref="IOException">The weights are not there or cannot be read.</exception>
    public static void Check(string weights, bool required)
    {
        if (Read(weights) is not { } card)
        {
            if (required)
                throw new InvalidDataException($"{weights} has no card {Path.GetFileName(PathOf(weights))}; copy it too, or write both with 'agent-host train ... --out'");
            return;
        }
        if (card.Weights != Path.GetFileName(weights))
            throw new InvalidDataException($"the card {PathOf(weights)} is of {card.Weights}, not of {Path.GetFileName(weights)}");
        string checksum = Checksum(weights);
        if (!checksum.Equals(card.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"{weights} is not the file that its card describes: SHA-256 {checksum} in place of {card.Sha256}; copy both again, or train anew");
    }

    private static string Checksum(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
