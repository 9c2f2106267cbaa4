namespace Bridge.Domain.Images;

/// <summary>The fields of one page of a TIFF file. Their values stay in the file until they are asked for.</summary>
internal sealed class TiffDirectory
{
    private const int MostFields = 4096;

    private readonly TiffReader _reader;
    private readonly Dictionary<int, TiffField> _fields = [];

    /// <exception cref="Contracts.ContractException">The file ends before.</exception>
    public TiffDirectory(TiffReader reader, long offset)
    {
        _reader = reader;
        (int countBytes, int entryBytes, int offsetBytes) = reader.IsBig ? (8, 20, 8) : (2, 12, 4);
        ulong count = reader.Number(reader.File.Read(offset, countBytes, "a TIFF directory"), 0, countBytes);
        if (count > MostFields)
            throw reader.File.Bad($"a TIFF directory with {count} fields: the file is damaged");
        long entries = offset + countBytes;
        byte[] bytes = reader.File.Read(entries, (int)count * entryBytes + offsetBytes, "a TIFF directory");
        for (int i = 0; i < (int)count; i++)
        {
            int at = i * entryBytes;
            int tag = (int)reader.Number(bytes, at, 2), type = (int)reader.Number(bytes, at + 2, 2);
            long values = TiffReader.ToOffset(reader.Number(bytes, at + 4, offsetBytes));
            int inEntry = at + 4 + offsetBytes;
            bool fits = TiffReader.BytesOf(type) is > 0 and var size && values <= offsetBytes / size;
            _fields.TryAdd(tag, new TiffField(type, values, fits ? entries + inEntry : TiffReader.ToOffset(reader.Number(bytes, inEntry, offsetBytes))));
        }
        Next = TiffReader.ToOffset(reader.Number(bytes, (int)count * entryBytes, offsetBytes));
    }

    /// <summary>Where the next page's fields lie; 0 for the last page.</summary>
    public long Next { get; }

    public bool Has(TiffTag tag) => _fields.ContainsKey((int)tag);

    /// <summary>The one value of a field, or the first of several that must be equal.</summary>
    /// <param name="missing">Value if the field is not there; null if it must be.</param>
    /// <exception cref="Contracts.ContractException">The field is missing or no whole number.</exception>
    public long One(TiffTag tag, long? missing = null)
    {
        if (!Has(tag))
            return missing ?? throw _reader.File.Bad($"TIFF {tag} is missing");
        long[] values = All(tag, most: 16);
        return values.Length > 0 && Array.TrueForAll(values, value => value == values[0])
            ? values[0]
            : throw _reader.File.Bad($"TIFF {tag}: different values for the samples of a pixel are not read; save it in grey");
    }

    /// <summary>All values of a field.</summary>
    /// <param name="most">More are refused before memory is taken.</param>
    /// <exception cref="Contracts.ContractException">The field is missing, no list of whole numbers, or too long.</exception>
    public long[] All(TiffTag tag, long most)
    {
        if (!_fields.TryGetValue((int)tag, out TiffField field))
            throw _reader.File.Bad($"TIFF {tag} is missing");
        int size = TiffReader.BytesOf(field.Type);
        if (size == 0 || field.Count > most)
            throw _reader.File.Bad($"TIFF {tag} has {field.Count} values of type {field.Type}, at most {most} whole numbers make sense: the file is damaged");
        byte[] bytes = _reader.File.Read(field.Offset, field.Count * size, $"TIFF {tag}");
        long[] values = new long[field.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = TiffReader.ToOffset(_reader.Number(bytes, i * size, size));
        return values;
    }
}
