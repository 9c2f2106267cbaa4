using NetMQ;

namespace Bridge.Messaging.Tests.Support;

/// <summary>Does something every few milliseconds on the thread of a socket.</summary>
internal sealed class NetMQTimerLoop : IDisposable
{
    private readonly NetMQPoller _poller;

    public NetMQTimerLoop(NetMQSocket socket, Action action)
    {
        NetMQTimer timer = new(5);
        timer.Elapsed += (_, _) => action();
        _poller = [socket, timer];
        _poller.RunAsync("timer", isBackgroundThread: true);
    }

    public void Dispose() => _poller.Dispose();
}
