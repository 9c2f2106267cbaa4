using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Bridge.Agents.Weights;

/// <summary>Writes a header with its length in front and spaces behind, so that the data begin at a multiple of eight bytes.</summary>
internal static class SafetensorsHeaderWriter
{
    private const int Alignment = 8;

    /// <summary>Places tensors one after the other, the widest types first so that each lies aligned; within a type by name.</summary>
    public static List<SafetensorsEntry> Place(IEnumerable<(string Name, SafetensorsType Type, long[] Shape)> tensors)
    {
        var entries = new List<SafetensorsEntry>();
        long position = 0;
        foreach (var (name, type, shape) in tensors.OrderByDescending(t => t.Type.Size()).ThenBy(t => t.Name, StringComparer.Ordinal))
        {
            long bytes = shape.Aggregate((long)type.Size(), (product, size) => checked(product * size));
            entries.Add(new SafetensorsEntry(name, type, shape, position, checked(position + bytes)));
            position += bytes;
        }
        return entries;
    }

    /// <summary>The bytes of the file up to the first tensor.</summary>
    /// <exception cref="ArgumentException">The header would be longer than is read again.</exception>
    public static byte[] Write(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
                WriteMetadata(json, metadata);
            foreach (SafetensorsEntry entry in entries)
                WriteEntry(json, entry);
            json.WriteEndObject();
        }
        int length = (buffer.WrittenCount + Alignment - 1) / Alignment * Alignment;
        if (length > SafetensorsHeader.MaxBytes)
            throw new ArgumentException($"names and metadata take {length} bytes; {SafetensorsHeader.MaxBytes} is the limit");
        byte[] bytes = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)length);
        buffer.WrittenSpan.CopyTo(bytes.AsSpan(sizeof(ulong)));
        bytes.AsSpan(sizeof(ulong) + buffer.WrittenCount).Fill((byte)' ');
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type.Name());
        json.WriteStartArray("shape");
        foreach (long size in entry.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Begin);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
