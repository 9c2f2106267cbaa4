namespace NetMQ;

/// <summary>A queue as its poller sees it.</summary>
internal interface IPolledQueue
{
    /// <summary>What to call when the queue is no longer empty; null to call nothing.</summary>
    void WakeBy(Action? wake);

    /// <summary>True while there is an item and somebody listens.</summary>
    bool CanRaise { get; }

    /// <summary>Raises its event if it can.</summary>
    void RaiseEvents(object sender);
}
