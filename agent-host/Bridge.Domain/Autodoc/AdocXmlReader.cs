using System.Text;
using System.Xml;
using Bridge.Contracts;

namespace Bridge.Domain.Autodoc;

/// <summary>
/// The XML form: <c>&lt;navigator&gt;&lt;PreData&gt;…&lt;/PreData&gt;&lt;Item name="12-A"&gt;&lt;Color&gt;2&lt;/Color&gt;…</c>: below the root
/// the sections, below those the entries. An XML parser decides whether it is XML (no DTD, so no entities of the file's own); then the
/// bytes are cut into pieces, because a parser does not tell where in the bytes a value stands.
/// </summary>
internal sealed class AdocXmlReader
{
    private const string GlobalSection = "PreData";
    private readonly byte[] _bytes;
    private readonly AdocDocument _document;
    private AdocSection _section;
    private int _done;      // bytes that are in a piece already
    private int _line = 1;
    private int _counted;   // bytes whose line breaks are in _line

    private AdocXmlReader(string file, byte[] bytes)
    {
        _bytes = bytes;
        _document = new AdocDocument(file, bytes, isXml: true);
        _section = _document.Global;
    }

    /// <exception cref="ContractException">It is no well-formed XML, has a DTD, or is too long.</exception>
    public static AdocDocument Read(string file, byte[] bytes, string what)
    {
        RequireWellFormed(file, bytes, what);
        var reader = new AdocXmlReader(file, bytes);
        reader.Cut();
        return reader._document;
    }

    private static void RequireWellFormed(string file, byte[] bytes, string what)
    {
        // Bytes to text as everywhere in this folder; what the XML declaration says of the encoding is often wrong in these files.
        Encoding encoding = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;
        using var text = new StreamReader(new MemoryStream(bytes), encoding);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 1 << 20 };
        using var xml = XmlReader.Create(text, settings);
        try
        {
            int elements = 0;
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && ++elements > AdocDocument.MaxLines)
                    throw new ContractException(FaultCode.TooLarge, $"{file}: the {what} has more than {AdocDocument.MaxLines} elements");
            }
        }
        catch (XmlException e)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"{file} line {Math.Max(1, e.LineNumber)}: the {what} is not whole or not XML: {e.Message}; save it again", e);
        }
    }

    private void Cut()
    {
        int depth = 0, entryStart = 0, valueStart = 0, at = 0;
        bool plain = false;  // the entry has text only
        while (Next(at, "<"u8) is var open && open < _bytes.Length)
        {
            ReadOnlySpan<byte> rest = _bytes.AsSpan(open);
            if (rest.StartsWith("<!--"u8))
                (at, plain) = (Behind(open, "-->"u8), false);
            else if (rest.StartsWith("<![CDATA["u8))
                (at, plain) = (Behind(open, "]]>"u8), false);
            else if (rest.StartsWith("<?"u8))
                at = Behind(open, "?>"u8);
            else if (rest.StartsWith("</"u8))
            {
                at = Behind(open, ">"u8);
                depth--;
                if (depth == 2 && plain)
                    AddEntry(entryStart, valueStart, open, at);
                plain = false;
            }
            else
            {
                at = TagEnd(open);
                bool empty = _bytes[at - 2] == '/';
                depth++;
                if (depth == 2 && !empty)
                    StartSection(open, at);
                (entryStart, valueStart, plain) = (open, at, depth == 3 && !empty);
                if (empty)
                    depth--;
            }
        }
        AddOdd(_bytes.Length);
        _document.LineCount = LineAt(_bytes.Length);
    }

    private void StartSection(int open, int end)
    {
        ReadOnlySpan<byte> tag = _bytes.AsSpan(open + 1, end - open - 2);
        string type = AdocText.Decode(tag[..NameLength(tag)]);
        if (type == GlobalSection && _document.Sections.Count == 0)
            return;
        int line = LineAt(open);
        AddOdd(LineStart(open));
        _section = _document.AddSection(type, NameAttribute(tag), line, AdocLine.Odd(Take(BlankEnd(end))));
    }

    private void AddEntry(int open, int valueStart, int valueEnd, int end)
    {
        AddOdd(LineStart(open));
        int start = _done;
        int keyLength = NameLength(_bytes.AsSpan(open + 1));
        ReadOnlySpan<byte> value = _bytes.AsSpan(valueStart, valueEnd - valueStart);
        int lead = value.Length - value.TrimStart(" \t\r\n"u8).Length;
        _section.Add(new AdocLine(Take(BlankEnd(end)), open + 1 - start, keyLength, valueStart + lead - start, value.Trim(" \t\r\n"u8).Length));
    }

    private void AddOdd(int end)
    {
        if (end > _done)
            _section.Add(AdocLine.Odd(Take(end)));
    }

    private ReadOnlyMemory<byte> Take(int end)
    {
        var piece = new ReadOnlyMemory<byte>(_bytes, _done, end - _done);
        _done = end;
        return piece;
    }

    /// <summary>The start of the blanks before a tag, so that an element takes its indentation with it.</summary>
    private int LineStart(int tag)
    {
        while (tag > _done && _bytes[tag - 1] is (byte)' ' or (byte)'\t')
            tag--;
        return tag;
    }

    /// <summary>Behind the blanks and the one line break that follow a tag.</summary>
    private int BlankEnd(int at)
    {
        while (at < _bytes.Length && _bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
            at++;
        return at < _bytes.Length && _bytes[at] == '\n' ? at + 1 : at;
    }

    private int LineAt(int at)
    {
        _line += _bytes.AsSpan(_counted, at - _counted).Count((byte)'\n');
        _counted = at;
        return _line;
    }

    private int Next(int at, ReadOnlySpan<byte> mark)
        => _bytes.AsSpan(at).IndexOf(mark) is >= 0 and int found ? at + found : _bytes.Length;

    private int Behind(int at, ReadOnlySpan<byte> mark) => Math.Min(_bytes.Length, Next(at, mark) + mark.Length);

    /// <summary>Behind the tag; a '&gt;' inside an attribute's quotes does not end it.</summary>
    private int TagEnd(int open)
    {
        byte quote = 0;
        for (int at = open + 1; at < _bytes.Length; at++)
        {
            byte value = _bytes[at];
            if (quote != 0)
                quote = value == quote ? (byte)0 : quote;
            else if (value is (byte)'"' or (byte)'\'')
                quote = value;
            else if (value == '>')
                return at + 1;
        }
        return _bytes.Length;
    }

    private static int NameLength(ReadOnlySpan<byte> tag) => tag.IndexOfAny(" \t\r\n/>"u8) is >= 0 and int end ? end : tag.Length;

    private static string NameAttribute(ReadOnlySpan<byte> tag)
    {
        for (int at = tag.IndexOf("name"u8); at > 0; at = tag.IndexOf("name"u8))
        {
            ReadOnlySpan<byte> behind = tag[(at + 4)..].TrimStart(" \t\r\n"u8);
            if (tag[at - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' && behind.StartsWith("="u8))
            {
                behind = behind[1..].TrimStart(" \t\r\n"u8);
                int close = behind.Length < 2 ? -1 : behind[1..].IndexOf(behind[0]);
                return close < 0 ? "" : AdocText.DecodeXml(behind.Slice(1, close));
            }
            tag = tag[(at + 4)..];
        }
        return "";
    }
}
