namespace NetMQ.Core;

/// <summary>The socket types of this layer, by the names they have on the wire, and who may talk to whom (RFC 37, "Socket-Type").</summary>
internal sealed record SocketType(string Name, params string[] Peers)
{
    public static readonly SocketType Router = new("ROUTER", "REQ", "DEALER", "ROUTER");
    public static readonly SocketType Dealer = new("DEALER", "REP", "DEALER", "ROUTER");
    public static readonly SocketType Request = new("REQ", "REP", "ROUTER");
    public static readonly SocketType Response = new("REP", "REQ", "DEALER");
    public static readonly SocketType Publisher = new("PUB", "SUB", "XSUB");
    public static readonly SocketType Subscriber = new("SUB", "PUB", "XPUB");

    public bool Accepts(string peer) => Array.IndexOf(Peers, peer) >= 0;
}
