using System.Text;
using NetMQ;
using NetMQ.Core;
using NetMQ.Core.Wire;

namespace Bridge.Messaging.Tests.Wire;

[TestClass]
public class HandshakeTests
{
    private static readonly SocketOptions Server = new() { PlainServer = true, PlainUsername = "bridge", PlainPassword = "secret" };

    [TestMethod]
    public void Null_ReadyFromThePeer_IsDoneAndKnowsThePeer()
    {
        Handshake handshake = Handshake.For(new SocketOptions(), SocketType.Router);

        byte[]? answer = handshake.OnCommand(Body(Command.Encode("READY", new Metadata("DEALER", [1, 2]).Encode())));

        Assert.IsNull(answer);
        Assert.IsTrue(handshake.Done);
        Assert.AreEqual("DEALER", handshake.Peer!.SocketType);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, handshake.Peer.Identity);
    }

    [TestMethod]
    [DataRow("bridge", "secret", true)]
    [DataRow("bridge", "Secret", false)]
    [DataRow("bridge", "", false)]
    [DataRow("", "secret", false)]
    [DataRow("bridge2", "secret", false)]
    public void Plain_ClientMeetsServer_IsDoneOnlyWithTheRightLogin(string name, string password, bool right)
    {
        Handshake server = Handshake.For(Server, SocketType.Router);
        Handshake client = Handshake.For(new SocketOptions { PlainUsername = name, PlainPassword = password }, SocketType.Dealer);

        byte[]? toServer = client.Start();
        while (toServer is not null && server.Fault is null && client.Fault is null)
        {
            byte[]? toClient = server.OnCommand(Body(toServer));
            toServer = toClient is null ? null : client.OnCommand(Body(toClient));
        }

        Assert.AreEqual(right, server.Done);
        Assert.AreEqual(right, client.Done);
        Assert.AreEqual(right, client.Fault is null);
    }

    [TestMethod]
    [DataRow("INITIATE")]
    [DataRow("READY")]
    [DataRow("WELCOME")]
    [DataRow("PING")]
    public void Plain_ServerIsGivenAnotherCommandFirst_IsAFault(string name)
    {
        Handshake server = Handshake.For(Server, SocketType.Router);

        server.OnCommand(Body(Command.Encode(name, new Metadata("DEALER", []).Encode())));

        Assert.IsFalse(server.Done);
        Assert.Contains(name, server.Fault!);
    }

    [TestMethod]
    public void Plain_HelloCutShortAnywhere_IsRefused()
    {
        byte[] hello = Body(Handshake.For(new SocketOptions { PlainUsername = "bridge", PlainPassword = "secret" }, SocketType.Dealer).Start()!);
        for (int cut = 0; cut < hello.Length; cut++)
        {
            Handshake server = Handshake.For(Server, SocketType.Router);

            server.OnCommand(hello.AsSpan(0, cut));

            Assert.IsNotNull(server.Fault, $"{cut} bytes");
        }
    }

    [TestMethod]
    public void OnCommand_ErrorSpeltByLibzmq43_IsTakenAsOne()
    {
        Handshake client = Handshake.For(new SocketOptions { PlainUsername = "bridge" }, SocketType.Dealer);

        client.OnCommand("^RROR\u0003400"u8);

        Assert.AreEqual("the peer refused the handshake: 400", client.Fault);
    }

    [TestMethod]
    public void Metadata_CutShortAnywhere_IsNeverAcceptedAsAnother()
    {
        byte[] bytes = new Metadata("DEALER", [1, 2, 3]).Encode();
        int wholeFirstProperty = 1 + "Socket-Type".Length + 4 + "DEALER".Length;
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            Metadata? parsed = Metadata.TryParse(bytes.AsSpan(0, cut), out string? fault);

            Assert.AreEqual(cut == wholeFirstProperty, parsed is not null, $"{cut} bytes: {fault}");
        }
    }

    [TestMethod]
    public void Metadata_IdentityThatBeginsWithZeroOrIsTooLong_IsAFault()
    {
        Assert.IsNull(Metadata.TryParse(new Metadata("DEALER", [0, 1]).Encode(), out _));
        Assert.IsNull(Metadata.TryParse(new Metadata("DEALER", [.. Enumerable.Repeat((byte)1, 256)]).Encode(), out _));
    }

    [TestMethod]
    public void Greeting_OfOurOwn_IsRightInEveryPiece()
    {
        byte[] greeting = Greeting.Build("NULL", asServer: false);

        for (int length = 1; length <= Greeting.Size; length++)
        {
            Assert.IsNull(Greeting.Check(greeting.AsSpan(0, length), "NULL", asServer: false));
        }
    }

    [TestMethod]
    [DataRow(0, (byte)0xFE, "signature")]
    [DataRow(9, (byte)0x00, "signature")]
    [DataRow(10, (byte)0x01, "version")]
    [DataRow(10, (byte)0x02, "version")]
    [DataRow(12, (byte)'C', "mechanism")]
    public void Greeting_WithOneWrongByte_SaysWhich(int at, byte value, string what)
    {
        byte[] greeting = Greeting.Build("NULL", asServer: false);
        greeting[at] = value;

        Assert.Contains(what, Greeting.Check(greeting, "NULL", asServer: false)!);
    }

    [TestMethod]
    public void Greeting_OfTwoPlainServers_IsRefused()
    {
        byte[] greeting = Greeting.Build("PLAIN", asServer: true);

        Assert.Contains("servers", Greeting.Check(greeting, "PLAIN", asServer: true)!);
        Assert.IsNull(Greeting.Check(greeting, "PLAIN", asServer: false));
    }

    [TestMethod]
    public void ReasonOf_ControlCharacters_AreMadePrintable() =>
        Assert.AreEqual("a?b", Command.ReasonOf([3, .. Encoding.ASCII.GetBytes("a\nb")]));

    /// <summary>The body of a short command frame.</summary>
    private static byte[] Body(byte[] frame)
    {
        Assert.AreEqual(FrameCodec.Command, frame[0]);
        return frame[2..];
    }
}
