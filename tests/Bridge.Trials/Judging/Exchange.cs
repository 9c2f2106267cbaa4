using Bridge.Contracts;
using Newtonsoft.Json;

namespace Bridge.Trials.Judging;

/// <summary>What a client asked, and what it was answered, as texts: a soak keeps hundreds of thousands.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Type">The request's.</param>
/// <param name="Request">Its JSON.</param>
/// <param name="Reply">JSON of the answer; null of an opening, whose list of places no journal has.</param>
internal sealed record Exchange(string Id, string Type, string Request, string? Reply)
{
    public static Exchange Of(BridgeMessage request, Reply reply)
        => new(request.RequestId, request.Type, request.Body.ToString(Formatting.None), reply is SessionOpenedReply ? null : TextOf(reply));

    public static string TextOf(Reply reply) => reply.ToJson().ToString(Formatting.None);
}
