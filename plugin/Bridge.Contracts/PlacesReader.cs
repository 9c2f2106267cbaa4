using System.Runtime.InteropServices;
using Newtonsoft.Json;

namespace Bridge.Contracts;

/// <summary>
/// Reads a <c>session_opened</c>, whose one long list of numbers becomes a single token: the numbers' bytes. As tokens of their own the
/// 800 000 numbers of the largest session took the garbage collector some 100 ms, during which no call of the client could return.
/// </summary>
internal sealed class PlacesReader(TextReader text) : JsonTextReader(text)
{
    public const string Name = "places";

    /// <summary>Most numbers; from one more on they are counted no more.</summary>
    public const int Most = 4 * OpenSessionRequest.MaxTargets;

    private bool _isNext;

    /// <summary>The numbers of a token; NaN for what was none.</summary>
    public static ReadOnlySpan<double> Numbers(byte[] token) => MemoryMarshal.Cast<byte, double>(token);

    public override bool Read()
    {
        if (!base.Read())
            return false;
        bool isIt = _isNext && TokenType == JsonToken.StartArray;
        _isNext = Depth == 1 && TokenType == JsonToken.PropertyName && (string?)Value == Name;
        if (isIt)
            Collect();
        return true;
    }

    private void Collect()
    {
        var numbers = new List<double>();
        while (base.Read() && TokenType != JsonToken.EndArray)
        {
            if (numbers.Count <= Most)
                numbers.Add(Value switch { double number => number, long whole => whole, _ => double.NaN });
            if (TokenType is JsonToken.StartArray or JsonToken.StartObject)
                Skip();
        }
        // A text that ends within the list is found out by the next read, as always.
        if (TokenType == JsonToken.EndArray)
            SetToken(JsonToken.Bytes, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)).ToArray(), updateIndex: false);
    }
}
