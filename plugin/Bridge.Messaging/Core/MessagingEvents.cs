using System.Diagnostics.Tracing;

namespace NetMQ.Core;

/// <summary>What happens to connections, for an <see cref="EventListener"/> or dotnet-trace; costs nothing while nobody listens.</summary>
[EventSource(Name = "Bridge-Messaging")]
internal sealed class MessagingEvents : EventSource
{
    public static readonly MessagingEvents Log = new();

    [Event(1, Level = EventLevel.Informational, Message = "{0} ready with {1} peer at {2}")]
    public void Ready(string socketType, string peerType, string peer) => WriteEvent(1, socketType, peerType, peer);

    [Event(2, Level = EventLevel.Warning, Message = "{0} closed its connection with {1}: {2}")]
    public void Closed(string socketType, string peer, string reason) => WriteEvent(2, socketType, peer, reason);

    [Event(3, Level = EventLevel.Informational, Message = "{0} could not connect to {1}: {2}")]
    public void ConnectFailed(string socketType, string endpoint, string reason) => WriteEvent(3, socketType, endpoint, reason);

    [Event(4, Level = EventLevel.Error, Message = "{0} failed: {1}")]
    public void Failed(string socketType, string error) => WriteEvent(4, socketType, error);
}
