using System.Text.Json;
using System.Text.Unicode;

namespace Bridge.Agents.Weights;

/// <summary>
/// The header of a safetensors file: eight bytes with its length (little-endian), then JSON, then the tensors' bytes without a gap
/// (format: github.com/huggingface/safetensors, README, "Format"). Whatever the file says is checked here, before any memory is taken for it.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Longest header that is read: some 50 000 tensors.</summary>
    public const int MaxBytes = 8 << 20;

    private const string MetadataKey = "__metadata__";
    private const int MaxDepth = 4;   // { name: { "shape": [ n ] } }
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private bool _hasMetadata;

    private SafetensorsHeader()
    {
    }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <param name="json">The header without its length; spaces may follow the JSON.</param>
    /// <param name="dataBytes">How many bytes follow the header in the file.</param>
    /// <exception cref="InvalidDataException">The header is wrong or does not fit the file; the message names the tensor.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataBytes)
    {
        if (!Utf8.IsValid(json))
            throw new InvalidDataException("its header is not UTF-8: it is no safetensors file");
        var header = new SafetensorsHeader();
        try
        {
            header.Read(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)   // the reader's three kinds for wrong tokens
        {
            throw new InvalidDataException($"its header is no safetensors header ({e.Message})", e);
        }
        header.CheckPlaces(dataBytes);
        return header;
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            Expect(ref reader, JsonTokenType.StartObject);
            if (name == MetadataKey)
                ReadMetadata(ref reader);
            else if (!_entries.TryAdd(name, SafetensorsEntryReader.Read(ref reader, name)))
                throw new InvalidDataException($"tensor '{name}' stands in its header twice");
        }
        reader.Read();   // past the last brace: anything but spaces throws
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (_hasMetadata)
            throw new InvalidDataException($"{MetadataKey} stands in its header twice");
        _hasMetadata = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            if (!_metadata.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"metadata '{key}' stands in its header twice");
        }
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"{reader.TokenType} at byte {reader.TokenStartIndex}, where {type} belongs");
    }

    /// <summary>The tensors must cover the data exactly: no gap, no overlap, no rest.</summary>
    private void CheckPlaces(long dataBytes)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in _entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.End > dataBytes)
                throw new InvalidDataException($"tensor '{entry.Name}' ({entry.Kind}) ends at byte {entry.End} of the data, but only {dataBytes} are there: the file was cut short");
            if (entry.Begin != position)
                throw new InvalidDataException($"tensor '{entry.Name}' ({entry.Kind}) begins at byte {entry.Begin} of the data where {position} is due");
            position = entry.End;
        }
        if (position != dataBytes)
            throw new InvalidDataException($"{dataBytes - position} bytes follow the last tensor");
    }
}
