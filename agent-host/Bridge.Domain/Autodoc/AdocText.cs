using System.Net;
using System.Text;
using Bridge.Contracts;

namespace Bridge.Domain.Autodoc;

/// <summary>Bytes to text and back. SerialEM writes the Windows code page of its computer, other tools write UTF-8; the file does not
/// say which. So: UTF-8 if the bytes are valid UTF-8, else Latin-1, which never fails.</summary>
internal static class AdocText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
        => System.Text.Unicode.Utf8.IsValid(bytes) ? Strict.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    public static string DecodeXml(ReadOnlySpan<byte> bytes) => WebUtility.HtmlDecode(Decode(bytes));

    /// <exception cref="ContractException">The value has a line break or another control character, or a character that the file's
    /// encoding lacks.</exception>
    public static byte[] Encode(string value, bool latin1, bool xml)
    {
        if (value.AsSpan().ContainsAnyInRange('\0', '\u001f'))
            throw new ContractException(FaultCode.BadField, $"the value '{value}' has a line break or a control character; it must be one line");
        if (latin1 && value.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff'))
            throw new ContractException(FaultCode.BadField, $"the value '{value}' has a character that a Latin-1 file cannot hold; use plain letters");
        string text = xml ? value.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;") : value;
        return (latin1 ? Encoding.Latin1 : Strict).GetBytes(text);
    }
}
