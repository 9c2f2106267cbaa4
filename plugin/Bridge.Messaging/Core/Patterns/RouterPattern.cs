using System.Buffers.Binary;

namespace NetMQ.Core.Patterns;

/// <summary>ROUTER: the first frame names the peer, by the identity it gave or else by five bytes of ours, the first of them 0.</summary>
internal sealed class RouterPattern : Pattern
{
    private const int GeneratedSize = 5;

    private readonly Dictionary<byte[], Connection> _peers = new(BytesComparer.Instance);
    private uint _lastGenerated = (uint)Random.Shared.Next();   // so that an old name is not soon another's after a restart

    public override SocketType Type => SocketType.Router;

    public override string? Attach(Connection connection)
    {
        byte[] identity = connection.Peer.Identity;
        if (identity.Length == 0)
        {
            identity = Generate();
        }
        else if (_peers.TryGetValue(identity, out Connection? old))
        {
            if (!Engine.Options.RouterHandover)
            {
                return "another peer has the same identity";
            }
            old.Close("a new peer took over its identity");
        }
        connection.RoutingId = identity;
        _peers[identity] = connection;
        return null;
    }

    public override void Detach(Connection connection) => _peers.Remove(connection.RoutingId);

    public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames)
    {
        bool mandatory = Engine.Options.RouterMandatory;
        if (!_peers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(frames[0], out Connection? peer))
        {
            return mandatory
                ? throw new HostUnreachableException($"No peer with identity 0x{Convert.ToHexString(frames[0])} is connected.")
                : true;
        }
        if (!HasRoom(peer.Pipe))
        {
            return !mandatory;   // dropped, so that one slow peer holds up nobody
        }
        if (frames.Length > 1)
        {
            Write(peer.Pipe, [], frames[1..]);
        }
        return true;
    }

    public override byte[][] Accept(Connection connection, List<byte[]> frames)
    {
        frames.Insert(0, connection.RoutingId.ToArray());   // a copy: the frame is the application's to change
        return [.. frames];
    }

    private byte[] Generate()
    {
        byte[] name = new byte[GeneratedSize];
        do
        {
            BinaryPrimitives.WriteUInt32BigEndian(name.AsSpan(1), ++_lastGenerated);
        }
        while (_peers.ContainsKey(name));
        return name;
    }
}
