using System.Text.Json;

namespace Bridge.Agents.Weights;

/// <summary>Reads one tensor's part of the header: <c>{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]}</c>.</summary>
internal static class SafetensorsEntryReader
{
    private const int MaxRank = 8;

    /// <summary>From the opening brace to the closing one.</summary>
    public static SafetensorsEntry Read(ref Utf8JsonReader reader, string name)
    {
        string? dtype = null;
        long[]? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when dtype is null:
                    dtype = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name, key, MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name, key, 2);
                    break;
                default:
                    throw new InvalidDataException($"tensor '{name}': '{key}' is unknown or stands there twice");
            }
        }
        if (dtype is null || shape is null || offsets is not [long begin, long end])
            throw new InvalidDataException($"tensor '{name}' lacks its dtype, its shape or its two data_offsets");
        return Check(name, dtype, shape, begin, end);
    }

    private static SafetensorsEntry Check(string name, string dtype, long[] shape, long begin, long end)
    {
        if (!SafetensorsTypes.TryParse(dtype, out SafetensorsType type))
            throw new InvalidDataException($"tensor '{name}' has dtype {dtype}; F32, I64 and BOOL are read: convert it before saving");
        var entry = new SafetensorsEntry(name, type, shape, begin, end);
        if (Bytes(entry) is not long bytes || begin > end || bytes != end - begin)
            throw new InvalidDataException($"tensor '{name}' is {entry.Kind}, which does not fit its data_offsets [{begin}, {end}]");
        return entry;
    }

    private static long? Bytes(SafetensorsEntry entry)
    {
        UInt128 bytes = (UInt128)entry.Type.Size();
        bool empty = false;
        foreach (long size in entry.Shape)
        {
            empty |= size == 0;
            bytes *= (UInt128)Math.Max(size, 1);
            if (bytes > long.MaxValue)
                return null;
        }
        return empty ? 0 : (long)bytes;
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string name, string key, int atMost)
    {
        var numbers = new List<long>();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new InvalidDataException($"tensor '{name}': its {key} is no list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0 || numbers.Count == atMost)
                throw new InvalidDataException($"tensor '{name}': its {key} is not a list of at most {atMost} whole numbers >= 0");
            numbers.Add(number);
        }
        return [.. numbers];
    }
}
