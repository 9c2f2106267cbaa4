namespace NetMQ.Core.Patterns;

/// <summary>REP: keeps the frames up to the empty one of each request and puts them before the reply (RFC 28).</summary>
internal sealed class ResponsePattern : Pattern
{
    private Connection? _asker;
    private byte[][] _envelope = [];

    public override SocketType Type => SocketType.Response;

    public override bool CanSend => _asker is not null;

    public override bool CanReceive => _asker is null;

    public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames)
    {
        if (_asker is null)
        {
            throw new FiniteStateMachineException("A REP socket cannot send before it has received a request.");
        }
        if (_asker.IsReady && HasRoom(_asker.Pipe))   // else the asker is gone or does not read: the reply is dropped
        {
            Write(_asker.Pipe, _envelope, frames);
        }
        _asker = null;
        return true;
    }

    public override void CheckReceive()
    {
        if (_asker is not null)
        {
            throw new FiniteStateMachineException("A REP socket cannot receive again before it has sent the reply.");
        }
    }

    public override byte[][]? Accept(Connection connection, List<byte[]> frames)
    {
        int delimiter = DelimiterIn(frames);
        return delimiter >= 0 && delimiter < frames.Count - 1 ? [.. frames] : null;
    }

    public override byte[][] Taken(Connection connection, byte[][] frames)
    {
        int body = DelimiterIn(frames) + 1;
        _asker = connection;
        _envelope = frames[..body];
        return frames[body..];
    }

    private static int DelimiterIn(IReadOnlyList<byte[]> frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            if (frames[i].Length == 0)
            {
                return i;
            }
        }
        return -1;
    }
}
