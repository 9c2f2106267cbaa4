using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Bridge.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Domain.Journal;

/// <summary>
/// One line: <c>{"seq":7,"utc":"2026-01-31T12:00:00.123456Z","event":"suggest", …payload… ,"crc":"0a1b2c3d"}</c> and a line feed. The
/// check sum is the CRC-32C, as eight small hexadecimal digits, of the line's bytes from its first brace up to and without <c>,"crc":"</c>.
/// Lines are ASCII (other characters as \uXXXX), so that no tool can change their bytes by guessing an encoding.
/// </summary>
internal sealed class JournalLine
{
    /// <summary>Longest line in bytes: four times the largest message, because \uXXXX takes more room than UTF-8.</summary>
    public const int MaxBytes = 4 * Protocol.MaxJsonBytes;

    /// <summary>Deepest nesting of a line: a whole message may stand in it, a few levels down.</summary>
    public const int MaxDepth = Protocol.MaxJsonDepth + 8;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int CrcDigits = 8;
    private static readonly string[] OwnFields = ["seq", "utc", "event", "crc"];
    private readonly MemoryStream _buffer = new();

    private static ReadOnlySpan<byte> CrcField => ",\"crc\":\""u8;

    /// <summary>The bytes of a line with its line feed; valid until the next call.</summary>
    /// <exception cref="ArgumentException">The payload has a field of the journal's own name, or is nested too deeply: a bug of ours.</exception>
    public ReadOnlySpan<byte> Format(long seq, DateTimeOffset utc, string eventName, JObject payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (OwnFields.FirstOrDefault(payload.ContainsKey) is { } taken)
            throw new ArgumentException($"'{taken}' is a field of the journal itself; nest the payload one level deeper", nameof(payload));
        if (Depth(payload) > MaxDepth)
            throw new ArgumentException($"the payload is nested more than {MaxDepth} levels deep and could not be read back", nameof(payload));
        _buffer.SetLength(0);
        if (_buffer.Capacity > 1 << 20)
            _buffer.Capacity = 1 << 12;  // do not keep the room of the one large line, the targets
        using (var writer = new JsonTextWriter(new StreamWriter(_buffer, Encoding.ASCII, bufferSize: 1024, leaveOpen: true)))
        {
            writer.StringEscapeHandling = StringEscapeHandling.EscapeNonAscii;
            writer.WriteStartObject();
            writer.WritePropertyName("seq");
            writer.WriteValue(seq);
            writer.WritePropertyName("utc");
            writer.WriteValue(utc.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            writer.WritePropertyName("event");
            writer.WriteValue(eventName);
            foreach (JProperty property in payload.Properties())
                property.WriteTo(writer);
            writer.WriteEndObject();
        }
        _buffer.SetLength(_buffer.Length - 1);  // the closing brace comes back behind the check sum
        uint crc = Crc32C.Of(Written);
        Span<byte> digits = stackalloc byte[CrcDigits];
        Utf8Formatter.TryFormat(crc, digits, out _, new StandardFormat('x', CrcDigits));
        _buffer.Position = _buffer.Length;
        _buffer.Write(CrcField);
        _buffer.Write(digits);
        _buffer.Write("\"}\n"u8);
        return Written;
    }

    /// <summary>The entry of a line given without its line feed.</summary>
    /// <returns>Null and the reason, if it is not one.</returns>
    public static JournalEntry? Parse(ReadOnlySpan<byte> line, out string reason)
    {
        int tail = CrcField.Length + CrcDigits + 2;
        if (line.Length <= tail || !line[^2..].SequenceEqual("\"}"u8) || !line[^tail..].StartsWith(CrcField))
        {
            reason = "it does not end in a check sum";
            return null;
        }
        Span<byte> digits = stackalloc byte[CrcDigits];
        Utf8Formatter.TryFormat(Crc32C.Of(line[..^tail]), digits, out _, new StandardFormat('x', CrcDigits));
        if (!line[^(CrcDigits + 2)..^2].SequenceEqual(digits))
        {
            reason = "its check sum does not fit";
            return null;
        }
        try
        {
            reason = "";
            return ParseJson(Encoding.ASCII.GetString(line));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            reason = $"it is not an event: {e.Message}";
            return null;
        }
    }

    private ReadOnlySpan<byte> Written => _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length);

    private static JournalEntry ParseJson(string text)
    {
        using var reader = new FiniteReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = MaxDepth };
        JObject json = JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        if (json["seq"] is not JValue { Value: long seq } || json["utc"] is not JValue { Value: string utc } || json["event"] is not JValue { Value: string { Length: > 0 } name })
            throw new FormatException("seq, utc or event is missing");
        if (reader.Read())
            throw new FormatException("something follows the object");
        var time = DateTimeOffset.ParseExact(utc, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        foreach (string own in OwnFields)
            json.Remove(own);
        return new JournalEntry(seq, time, name, json);
    }

    private static int Depth(JToken token)
    {
        int deepest = 0;
        if (token is JContainer container)
        {
            foreach (JToken child in container)
                deepest = Math.Max(deepest, Depth(child));
        }
        return token is JProperty or JValue ? deepest : deepest + 1;
    }
}
