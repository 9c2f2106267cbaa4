using NetMQ;

namespace Bridge.Messaging.Tests.Support;

/// <summary>Sends every message of a socket back, on a thread of its own, until disposed of.</summary>
internal sealed class Echo : IDisposable
{
    private readonly NetMQPoller _poller;
    private long _answered;

    public Echo(NetMQSocket socket)
    {
        NetMQMessage? message = null;
        socket.ReceiveReady += (_, _) =>
        {
            if (socket.TryReceiveMultipartMessage(ref message))
            {
                socket.SendMultipartMessage(message);
                Interlocked.Increment(ref _answered);
            }
        };
        _poller = [socket];
        _poller.RunAsync("echo", isBackgroundThread: true);
    }

    public long Answered => Interlocked.Read(ref _answered);

    public void Dispose() => _poller.Dispose();
}
