using System.Security.Cryptography;
using System.Text;
using Bridge.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Answers given, by request id, so that a client that saw no answer may ask again without anything happening twice. Keeps the last
/// <see cref="Capacity"/>; a client has at most a handful under way. They are kept as JSON: as objects a suggestion with its reasons takes ten times as much,
/// 25 MB for a whole cache.
/// </summary>
public sealed class ReplyCache
{
    /// <summary>Answers kept for each session.</summary>
    public const int Capacity = 4096;

    private readonly Dictionary<string, (UInt128 Fingerprint, string Type, byte[] Json)> _replies = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The answer given to this request before, or null if it is new.</summary>
    /// <exception cref="ContractException">The id was used for another request.</exception>
    public Reply? Find(BridgeMessage message)
    {
        if (!_replies.TryGetValue(message.RequestId, out (UInt128 Fingerprint, string Type, byte[] Json) known))
            return null;
        return known.Fingerprint == FingerprintOf(message.Type, message.Body)
            ? Reply.Parse(new BridgeMessage(known.Type, message.RequestId, Parse(known.Json)))
            : throw new ContractException(FaultCode.RequestIdReused, $"request id '{message.RequestId}' was used before for another request; every request needs a new id");
    }

    public bool Contains(string requestId) => _replies.ContainsKey(requestId);

    public void Add(BridgeMessage message, Reply reply)
    {
        if (!_replies.TryAdd(message.RequestId, (FingerprintOf(message.Type, message.Body), reply.Type, Encoding.UTF8.GetBytes(reply.ToJson().ToString(Formatting.None)))))
            return;
        _order.Enqueue(message.RequestId);
        Trim(Capacity);
    }

    /// <summary>Forgets all but the last answers.</summary>
    public void Trim(int kept)
    {
        while (_order.Count > kept)
            _replies.Remove(_order.Dequeue());
    }

    private static JObject Parse(byte[] json)
    {
        // Texts that look like dates stay texts.
        using var reader = new JsonTextReader(new StreamReader(new MemoryStream(json))) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    /// <summary>Tells one request from another: 128 bits of SHA-256 over type and JSON, the same in every process.</summary>
    private static UInt128 FingerprintOf(string type, JObject body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(type + "\n" + body.ToString(Formatting.None));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
    }
}
