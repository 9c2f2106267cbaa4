using Bridge.AgentHost.Serving;
using Bridge.Contracts;

namespace Bridge.AgentHost.Tests.Serving;

[TestClass]
public sealed class DoorkeeperTests
{
    private const string Secret = "a secret of some length";
    private const int Port = 48950;

    private static readonly byte[] Peer = [0, 1, 2, 3, 4], Other = [0, 1, 2, 3, 5];

    [TestMethod]
    public void Meet_RightProof_IsWelcomeAndKnownFromThenOn()
    {
        var door = new Doorkeeper(Secret, Port);
        string nonce = SecretProof.NewNonce();
        var challenge = (ChallengeReply)Meet(door, Peer, new HelloRequest("test") { Nonce = nonce }, out _);
        bool before = door.Knows(Peer);

        Reply reply = Meet(door, Peer, new ProveRequest(nonce, SecretProof.OfClient(Secret, Port, nonce, challenge.Nonce)), out TimeSpan hold);

        Assert.AreEqual(SecretProof.OfHost(Secret, Port, nonce, challenge.Nonce), challenge.Proof);
        Assert.IsInstanceOfType<WelcomeReply>(reply);
        Assert.AreEqual(TimeSpan.Zero, hold);
        Assert.IsFalse(before);
        Assert.IsTrue(door.Knows(Peer));
        Assert.IsFalse(door.Knows(Other));
    }

    [TestMethod]
    public void Meet_ProofReplayedOnAnotherConnection_IsRefused()
    {
        var door = new Doorkeeper(Secret, Port);
        string nonce = SecretProof.NewNonce();
        var challenge = (ChallengeReply)Meet(door, Peer, new HelloRequest("test") { Nonce = nonce }, out _);
        var overheard = new ProveRequest(nonce, SecretProof.OfClient(Secret, Port, nonce, challenge.Nonce));

        Meet(door, Other, new HelloRequest("thief") { Nonce = nonce }, out _);
        Reply other = Meet(door, Other, overheard, out _);
        Reply later = Meet(new Doorkeeper(Secret, Port), Peer, overheard, out _);

        Assert.AreEqual(FaultCode.NotProven, ((FaultReply)other).Code);
        Assert.AreEqual(FaultCode.NotProven, ((FaultReply)later).Code, "a host started again takes no proof of before");
        Assert.IsFalse(door.Knows(Other));
    }

    [TestMethod]
    public void Meet_HostsOwnProofSentBack_IsRefused()
    {
        var door = new Doorkeeper(Secret, Port);
        string nonce = SecretProof.NewNonce();
        var challenge = (ChallengeReply)Meet(door, Peer, new HelloRequest("test") { Nonce = nonce }, out _);

        Reply reply = Meet(door, Peer, new ProveRequest(nonce, challenge.Proof), out _);

        Assert.IsInstanceOfType<FaultReply>(reply);
    }

    [TestMethod]
    public void Meet_WrongProofs_AreHeldBackLongerAndLongerAndOthersAreNot()
    {
        var door = new Doorkeeper(Secret, Port);
        string nonce = SecretProof.NewNonce();
        var wrong = new ProveRequest(nonce, new string('0', SecretProof.Digits));

        double[] holds = [.. Enumerable.Range(0, 8).Select(_ =>
        {
            Meet(door, Peer, wrong, out TimeSpan hold);
            return hold.TotalSeconds;
        })];
        Meet(door, Other, new HelloRequest("honest") { Nonce = nonce }, out TimeSpan honest);

        CollectionAssert.AreEqual(new[] { 0.25, 1, 4, 8, 8, 8, 8, 8 }, holds);
        Assert.AreEqual(TimeSpan.Zero, honest);
        Assert.AreEqual(8, door.Refused);
    }

    [TestMethod]
    public void Meet_RequestsWithoutProof_AreRefusedAndOnlyTheFirstAtOnce()
    {
        var door = new Doorkeeper(Secret, Port);

        Reply first = Meet(door, Peer, new SuggestRequest("s"), out TimeSpan firstHold);
        Reply second = Meet(door, Peer, new HelloRequest("without a nonce"), out TimeSpan secondHold);

        Assert.AreEqual((FaultCode.NotProven, TimeSpan.Zero), (((FaultReply)first).Code, firstHold));
        Assert.AreEqual((FaultCode.NotProven, TimeSpan.FromMilliseconds(250)), (((FaultReply)second).Code, secondHold));
    }

    [TestMethod]
    public void Meet_PeerWithANameOfItsOwn_IsNeverKnown()
    {
        var door = new Doorkeeper(Secret, Port);
        byte[] named = "mine!"u8.ToArray();
        string nonce = SecretProof.NewNonce();

        Reply reply = Meet(door, named, new HelloRequest("test") { Nonce = nonce }, out _);

        StringAssert.Contains(((FaultReply)reply).Message, "without an identity");
        Assert.IsFalse(door.Knows(named));
    }

    [TestMethod]
    public void Meet_AnyNumberOfPeers_KeepsABoundedMemory()
    {
        var door = new Doorkeeper(Secret, Port);
        byte[][] frames = [.. MessageCodec.Encode(new SuggestRequest("s").ToMessage("id"))];
        byte[] peer = new byte[5];
        Run(10_000, 0);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Run(100_000, 10_000);

        Assert.IsLessThan(1 << 20, GC.GetTotalMemory(forceFullCollection: true) - before);
        GC.KeepAlive(door);

        void Run(int count, int from)
        {
            for (int i = 0; i < count; i++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(peer.AsSpan(1), from + i);
                door.Meet(peer, frames, Welcome, out _);
            }
        }
    }

    private static Reply Meet(Doorkeeper door, byte[] peer, Request request, out TimeSpan hold) => door.Meet(peer, MessageCodec.Encode(request.ToMessage("id")), Welcome, out hold);

    private static WelcomeReply Welcome() => new("1.0.0", [], []);
}
