using NetMQ;

namespace Bridge.Messaging.Tests.Sockets;

[TestClass]
public class MessageTests
{
    [TestMethod]
    public void Message_AppendedAndPushed_KeepsTheOrder()
    {
        NetMQMessage message = new();

        message.Append("text");
        message.Append(7);
        message.Append(8L);
        message.AppendEmptyFrame();
        message.Push([1, 2]);
        message.PushEmptyFrame();

        Assert.AreEqual(6, message.FrameCount);
        Assert.IsTrue(message.Pop().IsEmpty);
        Assert.IsTrue(message.First.Equals([1, 2]));
        Assert.AreEqual("text", message[1].ConvertToString());
        Assert.AreEqual(7, message[2].ConvertToInt32());
        Assert.AreEqual(8L, message[3].ConvertToInt64());
        Assert.IsTrue(message.Last.IsEmpty);
    }

    [TestMethod]
    public void Frame_OverPartOfABuffer_IsThatPart()
    {
        NetMQFrame frame = new([1, 2, 3, 4], 2);

        Assert.AreEqual(2, frame.MessageSize);
        Assert.AreEqual(4, frame.BufferSize);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, frame.ToByteArray());
        Assert.IsTrue(frame.Equals(new NetMQFrame([1, 2])));
        Assert.AreEqual(frame.GetHashCode(), new NetMQFrame([1, 2]).GetHashCode());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => frame.MessageSize = 5);
    }

    [TestMethod]
    public void Frame_CopiedOrDuplicated_IsItsOwn()
    {
        byte[] bytes = [1];
        NetMQFrame copy = NetMQFrame.Copy(bytes), twin = new NetMQFrame(bytes).Duplicate();

        bytes[0] = 2;

        Assert.AreEqual(1, copy.Buffer[0]);
        Assert.AreEqual(1, twin.Buffer[0]);
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        SocketOptions options = new NetMQ.Sockets.DealerSocket().Options;

        Assert.ThrowsExactly<InvalidException>(() => options.Identity = [0, 1]);
        Assert.ThrowsExactly<InvalidException>(() => options.Identity = new byte[256]);
        Assert.ThrowsExactly<InvalidException>(() => options.Identity = []);
        Assert.ThrowsExactly<InvalidException>(() => options.SendHighWatermark = -1);
        Assert.ThrowsExactly<InvalidException>(() => options.MaxMsgSize = 0);
        Assert.ThrowsExactly<InvalidException>(() => options.HeartbeatInterval = TimeSpan.FromSeconds(-1));
        Assert.ThrowsExactly<InvalidException>(() => options.PlainPassword = new string('x', 256));
    }

    [TestMethod]
    public void Options_Untouched_HaveTheDocumentedDefaults()
    {
        SocketOptions options = new NetMQ.Sockets.DealerSocket().Options;

        Assert.AreEqual(1000, options.SendHighWatermark);
        Assert.AreEqual(1000, options.ReceiveHighWatermark);
        Assert.AreEqual(128L << 20, options.MaxMsgSize);
        Assert.AreEqual(TimeSpan.FromMilliseconds(100), options.ReconnectInterval);
        Assert.AreEqual(TimeSpan.Zero, options.Linger);
        Assert.AreEqual(TimeSpan.Zero, options.HeartbeatInterval);
        Assert.AreEqual(100, options.Backlog);
        Assert.IsFalse(options.RouterMandatory || options.RouterHandover || options.TcpKeepalive || options.PlainServer);
        Assert.IsNull(options.LastEndpoint);
    }
}
