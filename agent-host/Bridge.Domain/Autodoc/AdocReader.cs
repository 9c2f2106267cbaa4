using System.Buffers;
using Bridge.Contracts;

namespace Bridge.Domain.Autodoc;

/// <summary>The text form. A line is a header, an entry, or odd; odd lines are kept and otherwise left alone.</summary>
internal static class AdocReader
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <exception cref="ContractException">There are too many lines, or a header is cut short.</exception>
    public static AdocDocument Read(string file, byte[] bytes, string what)
    {
        RequireLines(file, bytes.AsSpan().Count((byte)'\n'), what);  // before any line takes memory
        var document = new AdocDocument(file, bytes, isXml: false);
        AdocSection section = document.Global;
        int start = 0, number = 0;
        while (start < bytes.Length)
        {
            RequireLines(file, ++number, what);  // old Macintosh line breaks, CR alone, were not in the count above
            int end = LineEnd(bytes, start);
            var raw = new ReadOnlyMemory<byte>(bytes, start, end - start);
            int mark = number == 1 && raw.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
            ReadOnlySpan<byte> content = raw.Span[mark..].Trim(" \t\r\n"u8);
            if (IsHeader(content, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> name))
                section = document.AddSection(AdocText.Decode(type), AdocText.Decode(name), number, AdocLine.Odd(raw));
            else if (IsCutHeader(content, isLast: end == bytes.Length))
                throw new ContractException(FaultCode.UnreadableFile, $"{file} line {number}: the header '{AdocText.Decode(content[..Math.Min(40, content.Length)])}' is cut short, so the {what} is not whole; save it again");
            else
                section.Add(Entry(raw, mark));
            start = end;
        }
        document.LineCount = number;
        return document;
    }

    private static void RequireLines(string file, int count, string what)
    {
        if (count > AdocDocument.MaxLines)
            throw new ContractException(FaultCode.TooLarge, $"{file}: the {what} has more than {AdocDocument.MaxLines} lines; is it the right file?");
    }

    /// <summary>Behind the line break: CR LF, LF, or a lone CR.</summary>
    private static int LineEnd(byte[] bytes, int start)
    {
        int at = bytes.AsSpan(start).IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
            return bytes.Length;
        int end = start + at + 1;
        return bytes[end - 1] == '\r' && end < bytes.Length && bytes[end] == '\n' ? end + 1 : end;
    }

    private static bool IsHeader(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> name)
    {
        type = name = default;
        int equals = content.IndexOf((byte)'=');
        if (content.Length < 2 || content[0] != '[' || content[^1] != ']' || equals < 0)
            return false;
        type = content[1..equals].Trim(" \t"u8);
        name = content[(equals + 1)..^1].Trim(" \t"u8);
        return true;
    }

    /// <summary>An open bracket at the end of the file, or in it one that begins as headers do, with a word and an equal sign: what
    /// follows would be taken for a part of the section before.</summary>
    private static bool IsCutHeader(ReadOnlySpan<byte> content, bool isLast)
    {
        if (!content.StartsWith("["u8) || content.EndsWith("]"u8))
            return false;
        int equals = content.IndexOf((byte)'=');
        return isLast || (equals > 0 && content[1..equals].Trim(" \t"u8).IndexOfAnyExcept(Letters) < 0);
    }

    private static AdocLine Entry(ReadOnlyMemory<byte> raw, int mark)
    {
        ReadOnlySpan<byte> line = raw.Span;
        int equals = line.IndexOf((byte)'=');
        int keyStart = mark + line[mark..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (equals <= keyStart || keyStart < mark || line[keyStart] == '#')
            return AdocLine.Odd(raw);
        int keyLength = line[keyStart..equals].TrimEnd(" \t"u8).Length;
        ReadOnlySpan<byte> behind = line[(equals + 1)..].TrimEnd(" \t\r\n"u8);
        int valueStart = equals + 1 + (behind.Length - behind.TrimStart(" \t"u8).Length);
        if (behind.IsEmpty && equals + 1 < line.Length && line[equals + 1] == ' ')
            valueStart++;  // a value that is set here later keeps its blank
        return keyLength == 0 ? AdocLine.Odd(raw) : new AdocLine(raw, keyStart, keyLength, valueStart, Math.Max(0, equals + 1 + behind.Length - valueStart));
    }
}
