using System.Diagnostics.Tracing;
using Bridge.AgentHost.Serving;
using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Logging;

/// <summary>Tells the log why connections were closed on our side: too many, silent in their handshake, garbage. Clients that come and go are no news.
/// It listens to the event source of Bridge.Messaging; with the NetMQ package there is none.</summary>
internal sealed class ConnectionLog(ILogger logger) : EventListener
{
    private const string Source = "Bridge-Messaging", ClosedEvent = "Closed";

    private static readonly string[] Usual = ["the peer closed it", "receiving failed", "sending failed", "the socket was disposed of", "the application disconnected"];

    private long _closed;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Kind of socket, peer, reason.
        if (eventData is not { EventName: ClosedEvent, Payload: [_, var peer, string reason] } || Usual.Any(usual => reason.StartsWith(usual, StringComparison.Ordinal)))
            return;
        // The first, the second, the fourth, …: a storm of connections is no storm of lines.
        long closed = Interlocked.Increment(ref _closed);
        if (long.IsPow2(closed))
            logger.DidCloseConnection(peer as string ?? "a peer", reason, closed);
    }
}
