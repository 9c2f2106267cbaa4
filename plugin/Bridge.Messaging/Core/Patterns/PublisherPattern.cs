namespace NetMQ.Core.Patterns;

/// <summary>PUB: to each subscriber of a prefix of the first frame, as far as it has room.</summary>
internal sealed class PublisherPattern : Pattern
{
    private readonly List<Connection> _subscribers = [];

    public override SocketType Type => SocketType.Publisher;

    public override bool CanReceive => false;

    public override string? Attach(Connection connection)
    {
        connection.Subscriptions = new PrefixSet();
        _subscribers.Add(connection);
        return null;
    }

    public override void Detach(Connection connection) => _subscribers.Remove(connection);

    public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames)
    {
        for (int i = _subscribers.Count - 1; i >= 0; i--)   // one may be lost on the way
        {
            Connection subscriber = _subscribers[i];
            if (HasRoom(subscriber.Pipe) && subscriber.Subscriptions!.MatchesPrefixOf(frames[0]))
            {
                Write(subscriber.Pipe, [], frames);
            }
        }
        return true;
    }

    public override void CheckReceive() => throw new NotSupportedException("A PUB socket cannot receive.");

    /// <summary>A peer of ZMTP 3.0 subscribes by a message: 1 or 0, then the topic.</summary>
    public override byte[][]? Accept(Connection connection, List<byte[]> frames)
    {
        if (frames is [[0 or 1, ..]] && OnSubscription(connection, frames[0].AsSpan(1), add: frames[0][0] == 1) is { } fault)
        {
            connection.Close(fault);
        }
        return null;
    }

    public override string? OnSubscription(Connection connection, ReadOnlySpan<byte> topic, bool add)
    {
        PrefixSet subscriptions = connection.Subscriptions!;
        byte[] key = topic.ToArray();
        if (!add)
        {
            subscriptions.Remove(key);
            return null;
        }
        if (subscriptions.Count >= Limits.Subscriptions || subscriptions.Bytes + key.Length > Limits.SubscriptionBytes)
        {
            return $"the peer has more than {Limits.Subscriptions} subscriptions or {Limits.SubscriptionBytes} bytes of topics";
        }
        if (!subscriptions.Contains(key))
        {
            subscriptions.Add(key);
        }
        return null;
    }
}
