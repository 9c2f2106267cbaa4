using System.Text;
using Bridge.Contracts;
using Bridge.Domain.Files;

namespace Bridge.Domain.Autodoc;

/// <summary>
/// SerialEM's (and IMOD's) autodoc files: <c>Key = value</c> lines and <c>[Type = name]</c> headers, or the same as XML. The file is kept
/// as its bytes, with a view over them: what is not changed is written back byte for byte, whatever it was.
/// </summary>
public sealed class AdocDocument
{
    /// <summary>Largest file in bytes: a Navigator file of 200 000 items has some 80 MB.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>Most sections.</summary>
    public const int MaxSections = 220_000;

    /// <summary>Most lines.</summary>
    public const int MaxLines = 6_000_000;

    private readonly List<AdocSection> _sections = [];
    private readonly bool _latin1;
    private readonly byte[] _original;
    private bool _changed;

    internal AdocDocument(string file, byte[] bytes, bool isXml)
    {
        (File, _original, IsXml) = (file, bytes, isXml);
        _latin1 = !System.Text.Unicode.Utf8.IsValid(bytes);
        Global = new AdocSection(this, "", "", 1, header: null);
    }

    /// <summary>Name for messages.</summary>
    public string File { get; }

    public bool IsXml { get; }

    /// <summary>The entries before the first header.</summary>
    public AdocSection Global { get; }

    public IReadOnlyList<AdocSection> Sections => _sections;

    /// <summary>Lines in the file as read.</summary>
    public int LineCount { get; internal set; }

    internal bool EndsInLineBreak => _original.Length > 0 && _original[^1] is (byte)'\n' or (byte)'\r';

    internal bool StartsWith(ReadOnlySpan<byte> bytes) => _original.AsSpan().StartsWith(bytes);

    /// <exception cref="ContractException"><see cref="FaultCode.UnreadableFile"/> or <see cref="FaultCode.TooLarge"/>, with file and line.</exception>
    public static AdocDocument Read(string path, string what) => Parse(path, InputFile.ReadAllBytes(path, what, MaxBytes), what);

    /// <summary>As <see cref="Read"/>, from bytes that are there already. They must not be changed afterwards.</summary>
    public static AdocDocument Parse(string file, byte[] bytes, string what)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        if (content.Trim(" \t\r\n"u8).IsEmpty)
            throw new ContractException(FaultCode.UnreadableFile, $"{file} line 1: the {what} is empty; save it again");
        if (content.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || content.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
            throw new ContractException(FaultCode.UnreadableFile, $"{file} line 1: the {what} is UTF-16 text; save it as ANSI or UTF-8");
        if (content.IndexOf((byte)0) is >= 0 and int zero)
            throw new ContractException(FaultCode.UnreadableFile, $"{file} line {content[..zero].Count((byte)'\n') + 1}: this is not text (a zero byte), so not a {what}; is it the right file?");
        return content.TrimStart(" \t\r\n"u8)[0] == '<' ? AdocXmlReader.Read(file, bytes, what) : AdocReader.Read(file, bytes, what);
    }

    /// <summary>The file as it would be written: the very bytes that were read, but for what was changed since.</summary>
    public byte[] ToBytes()
    {
        if (!_changed)
            return [.. _original];
        var stream = new MemoryStream(_original.Length + 4096);
        Global.WriteTo(stream);
        foreach (AdocSection section in _sections)
            section.WriteTo(stream);
        return stream.ToArray();
    }

    /// <summary>Writes beside the target first and then renames, so that a reader never sees half a file.</summary>
    public void Write(string path) => OutputFile.Replace(path, ToBytes());

    internal AdocSection AddSection(string type, string name, int line, AdocLine header)
    {
        if (_sections.Count == MaxSections)
            throw new ContractException(FaultCode.TooLarge, $"{File} line {line}: more than {MaxSections} sections; split the file");
        var section = new AdocSection(this, type, name, line, header);
        _sections.Add(section);
        return section;
    }

    internal void MarkChanged() => _changed = true;

    internal byte[] Encode(string value) => AdocText.Encode(value, _latin1, IsXml);

    /// <summary>A new entry in the style of the one above it: its indentation, its line break.</summary>
    internal AdocLine NewEntry(AdocSection section, string key, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> above = section.LastEntry is { } last ? last.Raw.Span : "\n"u8;
        ReadOnlySpan<byte> lineBreak = above.EndsWith("\r\n"u8) ? "\r\n"u8 : "\n"u8;
        byte[] name = Encoding.ASCII.GetBytes(key);
        ReadOnlySpan<byte> lead = above.EndsWith((byte)'\n') || above.EndsWith((byte)'\r') ? [] : lineBreak;
        if (!IsXml)
        {
            int start = lead.Length;
            return new AdocLine((byte[])[.. lead, .. name, .. " = "u8, .. value, .. lineBreak], start, name.Length, start + name.Length + 3, value.Length);
        }
        int indent = above.IndexOfAnyExcept(" \t"u8) is > 0 and int found ? found : 0;
        int keyStart = lead.Length + indent + 1;
        return new AdocLine((byte[])[.. lead, .. above[..indent], (byte)'<', .. name, (byte)'>', .. value, .. "</"u8, .. name, (byte)'>', .. lineBreak], keyStart, name.Length, keyStart + name.Length + 1, value.Length);
    }
}
