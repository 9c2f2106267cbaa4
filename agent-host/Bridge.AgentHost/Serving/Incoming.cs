namespace Bridge.AgentHost.Serving;

/// <summary>What a ROUTER socket received: who sent it, and the message.</summary>
/// <param name="Return">The frames that lead an answer back: the peer's routing id, and the empty delimiter if the peer is a REQ socket.</param>
/// <param name="Frames">The message as the peer sent it.</param>
public readonly record struct Incoming(byte[][] Return, IReadOnlyList<byte[]> Frames)
{
    public static Incoming From(List<byte[]> received)
    {
        int start = received.Count > 1 && received[1].Length == 0 ? 2 : 1;
        return new Incoming([.. received.Take(start)], received.GetRange(start, received.Count - start));
    }
}
