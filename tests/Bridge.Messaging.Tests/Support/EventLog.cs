using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using NetMQ.Core;

namespace Bridge.Messaging.Tests.Support;

/// <summary>Collects what the messaging layer reports about connections.</summary>
internal sealed class EventLog : EventListener
{
    private readonly BlockingCollection<string> _lines = [];

    public EventLog() => EnableEvents(MessagingEvents.Log, EventLevel.Informational);

    /// <summary>Waits for an event whose text contains this; false when it does not come.</summary>
    public bool WaitFor(string text, int seconds = 10)
    {
        long until = Environment.TickCount64 + (seconds * 1000);
        while (_lines.TryTake(out string? line, (int)Math.Max(0, until - Environment.TickCount64)))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        _lines?.Add(string.Format(eventData.Message ?? "", [.. eventData.Payload ?? []]));
}
