using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// Lets in who proves to know the secret, a connection at a time. A peer is known by the five bytes, the first of them 0, that the ROUTER gave its connection: no
/// peer can choose such a name, and none is given twice. Nothing is kept of strangers but a bounded count of their failures. Belongs to the socket's thread.
/// </summary>
internal sealed class Doorkeeper(string secret, int port)
{
    /// <summary>Longest message that a stranger is listened to, in bytes.</summary>
    private const int MaxStrangerBytes = 4096;

    private const int PeerNameBytes = 5;

    /// <summary>Known peers, and strangers whose failures are counted. Beyond it all are forgotten: the known ones prove themselves once more, by themselves.</summary>
    private const int MaxPeers = 4096;

    private static readonly TimeSpan FirstHold = TimeSpan.FromMilliseconds(250), LongestHold = TimeSpan.FromSeconds(8);

    private readonly byte[] _nonceKey = RandomNumberGenerator.GetBytes(32);
    private readonly HashSet<uint> _known = [];
    private readonly Dictionary<uint, int> _failures = [];

    /// <summary>Messages refused so far.</summary>
    public long Refused { get; private set; }

    /// <summary>Has this peer proved itself?</summary>
    public bool Knows(ReadOnlySpan<byte> peer) => TryName(peer, out uint name) && _known.Contains(name);

    /// <summary>Answers a stranger: a challenge to a hello, a welcome to a right proof, and refusals to all else.</summary>
    /// <param name="welcome">What those get who have proved themselves.</param>
    /// <param name="hold">How long the answer is to be held back: nothing at first, so that a client that lost its connection is not slowed
    /// down; a quarter of a second after a wrong proof or a second message without any, and twice as long each time up to 8 s.</param>
    public Reply Meet(ReadOnlySpan<byte> peer, IReadOnlyList<byte[]> frames, Func<Reply> welcome, out TimeSpan hold)
    {
        hold = TimeSpan.Zero;
        if (!TryName(peer, out uint name))
            return Refuse(0, 1, "connect without an identity (routing id) of your own", out hold);
        switch (Read(frames))
        {
            case HelloRequest { Nonce.Length: > 0 } hello:
                string nonce = NonceFor(name, hello.Nonce);
                return new ChallengeReply(nonce, SecretProof.OfHost(secret, port, hello.Nonce, nonce));
            case ProveRequest prove when SecretProof.AreEqual(prove.Proof, SecretProof.OfClient(secret, port, prove.Nonce, NonceFor(name, prove.Nonce))):
                if (_known.Count >= MaxPeers)
                    _known.Clear();
                _known.Add(name);
                _failures.Remove(name);
                return welcome();
            case ProveRequest:
                return Refuse(name, 2, "the proof is wrong: the secret is another one, or the nonces are not those of this connection", out hold);
            default:
                return Refuse(name, 1, "this host asks for a proof that the client knows the user's secret; plugin/README.md, Connect, says how", out hold);
        }
    }

    private FaultReply Refuse(uint name, int weight, string why, out TimeSpan hold)
    {
        Refused++;
        if (_failures.Count >= MaxPeers)
            _failures.Clear();
        int failures = _failures[name] = Math.Min(_failures.GetValueOrDefault(name) + weight, 16);
        hold = failures < 2 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(FirstHold.Ticks << (failures - 2), LongestHold.Ticks));
        return new FaultReply(FaultCode.NotProven, why);
    }

    /// <summary>Made anew each time instead of kept: of a peer that never answers nothing is left.</summary>
    private string NonceFor(uint name, string clientNonce)
        => Convert.ToHexStringLower(HMACSHA256.HashData(_nonceKey, Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {clientNonce}"))));

    private static Request? Read(IReadOnlyList<byte[]> frames)
    {
        if (frames.Count != 4 || frames[3].Length > MaxStrangerBytes || !(frames[1].AsSpan().SequenceEqual("hello"u8) || frames[1].AsSpan().SequenceEqual("prove"u8)))
            return null;
        try
        {
            return Request.Parse(MessageCodec.Decode(frames));
        }
        catch (ContractException)
        {
            return null;  // refused like everything that is no proof
        }
    }

    private static bool TryName(ReadOnlySpan<byte> peer, out uint name)
    {
        bool given = peer.Length == PeerNameBytes && peer[0] == 0;
        name = given ? BinaryPrimitives.ReadUInt32BigEndian(peer[1..]) : 0;
        return given;
    }
}
