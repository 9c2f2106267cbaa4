using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>Messages to frames and back. Frames come from outside, so every one may be wrong, huge or hostile.</summary>
public static class MessageCodec
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly byte[] ProtocolFrame = Encoding.ASCII.GetBytes(Protocol.Version);

    public static List<byte[]> Encode(BridgeMessage message)
    {
        var frames = new List<byte[]>(4 + message.Binary.Count)
        {
            ProtocolFrame,
            Encoding.ASCII.GetBytes(message.Type),
            Encoding.ASCII.GetBytes(message.RequestId),
            WriteJson(message.Body),
        };
        frames.AddRange(message.Binary);
        return frames;
    }

    /// <exception cref="ContractException">The frames are not a message of this version. <see cref="RequestIdOf"/> may still tell
    /// which request to answer.</exception>
    public static BridgeMessage Decode(IReadOnlyList<byte[]> frames)
    {
        if (frames.Count == 0 || !LooksLikeBridge(frames[0]))
            throw new ContractException(FaultCode.BadFrame, $"the first frame must be '{Protocol.Version}'; see plugin/README.md");
        if (!frames[0].AsSpan().SequenceEqual(ProtocolFrame))
            throw new ContractException(FaultCode.UnknownProtocol, $"this side speaks {Protocol.Version}, the message is of another version; bring both to one version");
        if (frames.Count < 4)
            throw new ContractException(FaultCode.BadFrame, $"a message has at least 4 frames (protocol, type, request id, JSON), this one has {frames.Count}");
        if (frames.Count > 4 + Protocol.MaxBinaryFrames)
            throw new ContractException(FaultCode.TooLarge, $"a message has at most {Protocol.MaxBinaryFrames} binary frames, this one has {frames.Count - 4}");
        string type = Ascii(frames[1], Protocol.MaxTypeLength)
            ?? throw new ContractException(FaultCode.BadFrame, $"the message type must be 1 to {Protocol.MaxTypeLength} letters, digits, '.', '_' or '-'");
        string requestId = RequestIdOf(frames)
            ?? throw new ContractException(FaultCode.BadFrame, $"the request id must be {Ids.Rule}");
        return new BridgeMessage(type, requestId, ParseJson(type, frames[3])) { Binary = [.. frames.Skip(4)] };
    }

    /// <summary>The request id, if the frames have a usable one: lets a fault reach the request that caused it.</summary>
    public static string? RequestIdOf(IReadOnlyList<byte[]> frames)
        => frames.Count >= 3 && LooksLikeBridge(frames[0]) ? Ascii(frames[2], Protocol.MaxIdLength) : null;

    private static JObject ParseJson(string type, byte[] frame)
    {
        if (frame.Length > Protocol.MaxJsonBytes)
            throw new ContractException(FaultCode.TooLarge, $"{type}: the JSON frame has {frame.Length} bytes, the limit is {Protocol.MaxJsonBytes}");
        try
        {
            var text = new StreamReader(new MemoryStream(frame), StrictUtf8, detectEncodingFromByteOrderMarks: false);
            return ParseObject(type == MessageTypes.SessionOpened ? new PlacesReader(text) : new JsonTextReader(text));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or OverflowException)
        {
            throw new ContractException(FaultCode.BadFrame, $"{type}: the fourth frame is not a JSON object in UTF-8: {e.Message}", e);
        }
    }

    /// <summary>One JSON object and nothing behind it. Dates stay text, depth is bounded, a name given twice is refused.</summary>
    /// <exception cref="JsonException">It is not that.</exception>
    public static JObject ParseObject(TextReader text) => ParseObject(new JsonTextReader(text));

    private static JObject ParseObject(JsonTextReader reader)
    {
        using JsonTextReader owned = reader;
        (reader.DateParseHandling, reader.MaxDepth) = (DateParseHandling.None, Protocol.MaxJsonDepth);
        JObject json = JObject.Load(reader, new JsonLoadSettings
        {
            DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
            CommentHandling = CommentHandling.Ignore,
            LineInfoHandling = LineInfoHandling.Ignore,
        });
        return reader.Read() ? throw new JsonReaderException("something follows the JSON object") : json;
    }

    // Straight to bytes: an opening with 100 000 targets is 20 MB, and needs no copy of itself as a string.
    private static byte[] WriteJson(JObject body)
    {
        var bytes = new MemoryStream();
        using (var writer = new JsonTextWriter(new StreamWriter(bytes, StrictUtf8)) { Formatting = Formatting.None })
            body.WriteTo(writer);
        return bytes.ToArray();
    }

    private static bool LooksLikeBridge(byte[] frame) => frame.AsSpan().StartsWith("bridge/"u8);

    private static string? Ascii(byte[] frame, int maxLength)
    {
        if (frame.Length > maxLength)
            return null;
        string text = Encoding.Latin1.GetString(frame);
        return Ids.IsValid(text) ? text : null;
    }
}
