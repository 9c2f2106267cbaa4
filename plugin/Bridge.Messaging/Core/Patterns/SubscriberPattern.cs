using NetMQ.Core.Wire;

namespace NetMQ.Core.Patterns;

/// <summary>SUB: tells every publisher, and each new one, what it wants, and lets nothing else in.</summary>
internal sealed class SubscriberPattern : Pattern
{
    private readonly PrefixSet _topics = new();
    private readonly List<Connection> _publishers = [];

    public override SocketType Type => SocketType.Subscriber;

    public override bool CanSend => false;

    public override string? Attach(Connection connection)
    {
        foreach (byte[] topic in _topics.Topics)
        {
            Tell(connection, topic, add: true);
        }
        _publishers.Add(connection);
        return null;
    }

    public override void Detach(Connection connection) => _publishers.Remove(connection);

    public void Subscribe(byte[] topic)
    {
        if (topic.Length > Limits.CommandBytes / 2)
        {
            throw new InvalidException($"A topic has at most {Limits.CommandBytes / 2} bytes, not {topic.Length}.");
        }
        if (_topics.Add(topic.ToArray()))
        {
            TellAll(topic, add: true);
        }
    }

    public void Unsubscribe(byte[] topic)
    {
        if (_topics.Remove(topic))
        {
            TellAll(topic, add: false);
        }
    }

    public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames) => throw new NotSupportedException("A SUB socket cannot send.");

    public override byte[][]? Accept(Connection connection, List<byte[]> frames) =>
        _topics.MatchesPrefixOf(frames[0]) ? [.. frames] : null;

    private static void Tell(Connection connection, byte[] topic, bool add) =>
        connection.Pipe.AppendEncoded(connection.KnowsSubscribeCommand
            ? Command.Encode(add ? "SUBSCRIBE" : "CANCEL", topic)
            : FrameCodec.Encode(0, [add ? (byte)1 : (byte)0, .. topic]));

    private void TellAll(byte[] topic, bool add)
    {
        for (int i = _publishers.Count - 1; i >= 0; i--)   // one may be lost on the way
        {
            Connection publisher = _publishers[i];
            Tell(publisher, topic, add);
            Flush(publisher.Pipe);
        }
    }
}
