using System.Security.Cryptography;
using System.Text;
using Bridge.Contracts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Answers given, by request id, so that a client that saw no answer may ask again without anything happening twice. Keeps the last
/// <see cref="Capacity"/>; a client has at most a handful under way.
/// </summary>
public sealed class ReplyCache
{
    /// <summary>Answers kept for each session.</summary>
    public const int Capacity = 4096;

    private readonly Dictionary<string, (UInt128 Fingerprint, Reply Reply)> _replies = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The answer given to this request before, or null if it is new.</summary>
    /// <exception cref="ContractException">The id was used for another request.</exception>
    public Reply? Find(BridgeMessage message)
    {
        if (!_replies.TryGetValue(message.RequestId, out (UInt128 Fingerprint, Reply Reply) known))
            return null;
        return known.Fingerprint == FingerprintOf(message.Type, message.Body)
            ? known.Reply
            : throw new ContractException(FaultCode.RequestIdReused, $"request id '{message.RequestId}' was used before for another request; every request needs a new id");
    }

    public bool Contains(string requestId) => _replies.ContainsKey(requestId);

    public void Add(BridgeMessage message, Reply reply)
    {
        if (!_replies.TryAdd(message.RequestId, (FingerprintOf(message.Type, message.Body), reply)))
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

    /// <summary>Tells one request from another: 128 bits of SHA-256 over type and JSON, the same in every process.</summary>
    private static UInt128 FingerprintOf(string type, JObject body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(type + "\n" + body.ToString(Formatting.None));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
    }
}
