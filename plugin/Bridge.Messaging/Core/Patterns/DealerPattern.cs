namespace NetMQ.Core.Patterns;

internal sealed class DealerPattern : RoundRobinPattern
{
    public override SocketType Type => SocketType.Dealer;

    public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames)
    {
        if (Next() is not { } pipe)
        {
            return false;
        }
        Write(pipe, [], frames);
        return true;
    }
}
