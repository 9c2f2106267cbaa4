using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Bridge.Domain.Autodoc;

/// <summary>
/// One section of an autodoc file: a header such as <c>[Item = 12-A]</c> and its entries; the entries before the first header are a
/// section with an empty type. Keys are case-sensitive; of an entry given twice the first counts. Numbers that cannot be read are null.
/// </summary>
public sealed class AdocSection
{
    private readonly AdocDocument _document;
    private readonly AdocLine? _header;
    private readonly List<AdocLine> _lines = [];

    internal AdocSection(AdocDocument document, string type, string name, int line, AdocLine? header)
        => (_document, Type, Name, Line, _header) = (document, type, name, line, header);

    /// <summary>Left of the equal sign in the header: <c>Item</c>, <c>ZValue</c>, <c>T</c> …; empty for the entries before any header.</summary>
    public string Type { get; }

    /// <summary>Right of the equal sign in the header.</summary>
    public string Name { get; }

    /// <summary>Line of the header in the file as read, from 1.</summary>
    public int Line { get; }

    public IEnumerable<string> Keys => _lines.Where(line => line.IsEntry).Select(line => AdocText.Decode(line.Key));

    /// <summary>The value of a key; null if it is not there.</summary>
    public string? this[string key] => Find(key) is >= 0 and int index ? Text(_lines[index]) : null;

    /// <summary>Changes the bytes of that entry's value and no others; a new key comes behind the last entry.</summary>
    /// <exception cref="Contracts.ContractException">The value is more than one line, or does not fit the file's encoding.</exception>
    public void Set(string key, string value)
    {
        byte[] bytes = _document.Encode(value);
        int index = Find(key);
        if (index >= 0)
            _lines[index] = _lines[index].With(bytes);
        else
            _lines.Insert(_lines.FindLastIndex(line => line.IsEntry) + 1, _document.NewEntry(this, key, bytes));
        _document.MarkChanged();
    }

    public bool Has(string key) => Find(key) >= 0;

    public int? Integer(string key)
    {
        Span<double> value = stackalloc double[1];
        return Numbers(key, value) >= 1 && Math.Abs(value[0]) <= int.MaxValue ? (int)value[0] : null;
    }

    /// <summary>A finite number, or null.</summary>
    public double? Number(string key)
    {
        Span<double> value = stackalloc double[1];
        return Numbers(key, value) >= 1 ? value[0] : null;
    }

    /// <summary>Reads numbers separated by blanks, at most as many as <paramref name="into"/> holds.</summary>
    /// <returns>How many could be read before the first that is no finite number.</returns>
    public int Numbers(string key, Span<double> into)
    {
        int index = Find(key);
        ReadOnlySpan<byte> rest = index < 0 ? [] : _lines[index].Value;
        int count = 0;
        while (count < into.Length && TryNextNumber(ref rest, out into[count]))
            count++;
        return count;
    }

    /// <summary>All numbers of an entry up to the first that is no finite number, but no more than <paramref name="most"/>.</summary>
    public double[] Numbers(string key, int most = 100_000)
    {
        int index = Find(key);
        ReadOnlySpan<byte> rest = index < 0 ? [] : _lines[index].Value;
        var numbers = new List<double>();
        while (numbers.Count < most && TryNextNumber(ref rest, out double number))
            numbers.Add(number);
        return [.. numbers];
    }

    internal AdocLine? LastEntry => _lines.FindLastIndex(line => line.IsEntry) is >= 0 and int index ? _lines[index] : _header;

    internal void Add(AdocLine line) => _lines.Add(line);

    internal void WriteTo(Stream stream)
    {
        if (_header is { } header)
            stream.Write(header.Raw.Span);
        foreach (AdocLine line in _lines)
            stream.Write(line.Raw.Span);
    }

    private string Text(AdocLine line) => _document.IsXml ? AdocText.DecodeXml(line.Value) : AdocText.Decode(line.Value);

    private int Find(string key)
    {
        Span<byte> bytes = stackalloc byte[128];
        if (!Encoding.UTF8.TryGetBytes(key, bytes, out int length))
            return -1;
        bytes = bytes[..length];
        ReadOnlySpan<AdocLine> lines = CollectionsMarshal.AsSpan(_lines);
        for (int i = 0; i < lines.Length; i++)
        {
            ref readonly AdocLine line = ref lines[i];
            if (line.KeyLength == length && length > 0 && line.Key.SequenceEqual(bytes))
                return i;
        }
        return -1;
    }

    private static bool TryNextNumber(ref ReadOnlySpan<byte> rest, out double number)
    {
        rest = rest.TrimStart(" \t,"u8);
        int length = rest.IndexOfAny(" \t,"u8);
        ReadOnlySpan<byte> word = length < 0 ? rest : rest[..length];
        rest = rest[word.Length..];
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
