using Newtonsoft.Json;

namespace Bridge.Domain.Journal;

/// <summary>Reads JSON as the standard (RFC 8259) has its numbers: no NaN, no Infinity, and nothing beyond the range of a double such as 1e999: read, that is
/// an infinity, and written again a text. The journal never writes one.</summary>
internal sealed class FiniteReader(TextReader text) : JsonTextReader(text)
{
    /// <exception cref="JsonReaderException">The text is no JSON, or a number in it is none.</exception>
    public override bool Read()
    {
        bool more = base.Read();
        return TokenType != JsonToken.Float || (Value is double number && double.IsFinite(number))
            ? more
            : throw new JsonReaderException($"a number is beyond the range of a double, or none, at '{Path}'");
    }
}
