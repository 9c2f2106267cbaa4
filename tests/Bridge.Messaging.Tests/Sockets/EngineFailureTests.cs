using Bridge.Messaging.Tests.Support;
using NetMQ;
using NetMQ.Core;
using NetMQ.Core.Patterns;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Sockets;

/// <summary>An error in this layer itself, met by the background thread, ends one socket and no other.</summary>
[TestClass]
public class EngineFailureTests
{
    [TestMethod]
    public void Tick_PatternThrows_OwnerIsToldAndOtherSocketsWork()
    {
        SocketEngine broken = new(new SocketOptions(), new ThrowingPattern());
        int port = broken.Bind("tcp://127.0.0.1:0").Port;
        using RouterSocket router = Make.Router(out int otherPort);
        using DealerSocket dealer = Make.Dealer(port), other = Make.Dealer(otherPort);

        dealer.SendFrame("x");
        Make.Eventually(() => broken.IsFinished, "the socket has ended");

        NetMQException e = Assert.ThrowsExactly<NetMQException>(() => broken.TryReceive(TimeSpan.Zero, out _));
        Assert.Contains("by the pattern", e.Message);
        other.SendFrame("y");
        Assert.AreEqual("y", Make.Receive(router).Last.ConvertToString());
    }

    private sealed class ThrowingPattern : Pattern
    {
        public override SocketType Type => SocketType.Router;

        public override bool TrySend(ReadOnlySpan<ArraySegment<byte>> frames) => true;

        public override byte[][]? Accept(Connection connection, List<byte[]> frames) => throw new FormatException("by the pattern");
    }
}
