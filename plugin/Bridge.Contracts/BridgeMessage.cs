using Newtonsoft.Json.Linq;

namespace Bridge.Contracts;

/// <summary>One message as it travels: <c>[protocol][type][request id][JSON][binary frames]</c>.</summary>
/// <param name="Type">What the message is: a name of <see cref="MessageTypes"/>, or one of a newer version.</param>
/// <param name="RequestId">Chosen by the client; the reply carries the same. The same id again means the same request again.</param>
/// <param name="Body">The JSON frame.</param>
public sealed record BridgeMessage(string Type, string RequestId, JObject Body)
{
    /// <summary>Frames behind the JSON: images and the like.</summary>
    public IReadOnlyList<byte[]> Binary { get; init; } = [];
}
