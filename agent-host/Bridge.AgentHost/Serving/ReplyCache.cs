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
    public Reply? Find(string requestId, UInt128 fingerprint)
    {
        if (!_replies.TryGetValue(requestId, out (UInt128 Fingerprint, Reply Reply) known))
            return null;
        return known.Fingerprint == fingerprint
            ? known.Reply
            : throw new ContractException(FaultCode.RequestIdReused, $"request id '{requestId}' was used before for another request; every request needs a new id");
    }

    public bool Contains(string requestId) => _replies.ContainsKey(requestId);

    public void Add(string requestId, UInt128 fingerprint, Reply reply)
    {
        if (!_replies.TryAdd(requestId, (fingerprint, reply)))
            return;
        _order.Enqueue(requestId);
        if (_order.Count > Capacity)
            _replies.Remove(_order.Dequeue());
    }

    /// <summary>Tells one request from another: 128 bits of SHA-256 over type and JSON, the same in every process.</summary>
    public static UInt128 FingerprintOf(string type, JObject body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(type + "\n" + body.ToString(Formatting.None));
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
    }
}
