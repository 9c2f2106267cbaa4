namespace NetMQ.Core.Patterns;

/// <summary>REQ: an empty frame goes before each request and comes before its reply (RFC 28).</summary>
internal sealed class RequestPattern : RoundRobinPattern
{
    private static readonly byte[][] Delimiter = [[]];

    private OutPipe? _asked;   // whom; null: a request may be sent
    private bool _answered;

    public override SocketType Type => SocketType.Request;

    public override bool CanSend => _asked is null && base.CanSend;

    public override bool CanReceive => _asked is not null;

    public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames)
    {
        if (_asked is not null)
        {
            throw new FiniteStateMachineException("A REQ socket cannot send again before it has received the reply.");
        }
        if (Next() is not { } pipe)
        {
            return false;
        }
        _asked = pipe;
        _answered = false;
        Write(pipe, Delimiter, frames);
        return true;
    }

    public override void CheckReceive()
    {
        if (_asked is null)
        {
            throw new FiniteStateMachineException("A REQ socket cannot receive before it has sent a request.");
        }
    }

    public override byte[][]? Accept(Connection connection, List<byte[]> frames)
    {
        if (_answered || connection.Pipe != _asked || frames.Count < 2 || frames[0].Length > 0)
        {
            return null;   // not asked for, or not a reply
        }
        _answered = true;
        frames.RemoveAt(0);
        return [.. frames];
    }

    public override byte[][] Taken(Connection connection, byte[][] frames)
    {
        _asked = null;
        return frames;
    }
}
