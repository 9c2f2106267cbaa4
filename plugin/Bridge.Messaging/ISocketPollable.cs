namespace NetMQ;

/// <summary>What a <see cref="NetMQPoller"/> can wait for: a socket or a <see cref="NetMQQueue{T}"/>.</summary>
public interface ISocketPollable
{
    bool IsDisposed { get; }
}
