using System.Net;
using System.Net.Sockets;
using Bridge.Messaging.Tests.Support;
using NetMQ.Core;

namespace Bridge.Messaging.Tests.Wire;

[TestClass]
public class OutPipeTests
{
    [TestMethod]
    public void HasRoom_AtTheHighWatermark_IsFalse()
    {
        OutPipe pipe = new(new ByteCount());
        pipe.Append([], [new byte[10]]);

        Assert.IsTrue(pipe.HasRoom(2));
        Assert.IsFalse(pipe.HasRoom(1));
        Assert.IsTrue(pipe.HasRoom(0));
    }

    [TestMethod]
    public void HasRoom_ManyBytesQueued_IsFalseWhateverTheMark()
    {
        OutPipe pipe = new(new ByteCount());

        pipe.Append([], [new byte[Limits.QueuedBytes]]);

        Assert.IsFalse(pipe.HasRoom(0));
    }

    [TestMethod]
    public void HasRoom_SocketHoldsTooMuchForOthers_IsTrueOnlyWhileEmpty()
    {
        ByteCount queued = new() { Value = Limits.OutboxBytes };
        OutPipe pipe = new(queued);

        Assert.IsTrue(pipe.HasRoom(0));
        pipe.Append([], [new byte[10]]);
        Assert.IsFalse(pipe.HasRoom(0));
        pipe.Clear();

        Assert.AreEqual(Limits.OutboxBytes, queued.Value);
    }

    [TestMethod]
    public void Flush_PeerReadsSlowly_BytesArriveInOrderAndOnce()
    {
        using Pair pair = new();
        OutPipe pipe = new(new ByteCount());
        Random random = new(7);
        List<byte> expected = [];
        List<byte> received = [];
        byte[] buffer = new byte[1 << 20];
        for (int i = 0; i < 3_000; i++)
        {
            byte[] body = new byte[random.Next(0, 3_000)];
            random.NextBytes(body);
            pipe.Append([], [body]);
            expected.AddRange(NetMQ.Core.Wire.FrameCodec.Encode(0, body));
            pipe.Flush(pair.Near, finishOnly: false);
            if (random.Next(50) == 0)
            {
                pair.ReadAvailable(received, buffer);
            }
        }
        while (!pipe.IsEmpty)
        {
            pipe.Flush(pair.Near, finishOnly: false);
            pair.ReadAvailable(received, buffer);
        }

        Make.Eventually(() => pair.ReadAvailable(received, buffer) == expected.Count, "all bytes");

        Assert.IsTrue(expected.SequenceEqual(received));
        Assert.AreEqual(0, pipe.Bytes);
    }

    [TestMethod]
    public void Rewind_MessagePartlySent_IsSentWholeOnTheNextConnection()
    {
        byte[] body = Make.Payload(20_000_000);   // more than the system takes at once
        OutPipe pipe = new(new ByteCount());
        pipe.Append([], [body]);
        using (Pair lost = new())
        {
            pipe.Flush(lost.Near, finishOnly: false);
        }
        Assert.IsTrue(pipe.MidMessage);

        pipe.Rewind();
        using Pair next = new();
        List<byte> received = [];
        byte[] buffer = new byte[1 << 20];
        while (!pipe.IsEmpty)
        {
            pipe.Flush(next.Near, finishOnly: false);
            next.ReadAvailable(received, buffer);
        }
        Make.Eventually(() => next.ReadAvailable(received, buffer) == body.Length + 9, "all bytes");

        Assert.IsTrue(body.AsSpan().SequenceEqual(received.ToArray().AsSpan(9)));
    }

    /// <summary>Two ends of a loopback connection, the near one non-blocking.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly Socket _far;

        public Pair()
        {
            using TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            Near = new Socket(AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, ProtocolType.Tcp);
            Near.Connect(listener.LocalEndpoint);
            Near.Blocking = false;
            _far = listener.AcceptSocket();
            _far.Blocking = false;
        }

        public Socket Near { get; }

        public int ReadAvailable(List<byte> received, byte[] buffer)
        {
            int count;
            while ((count = _far.Receive(buffer, 0, buffer.Length, SocketFlags.None, out _)) > 0)
            {
                received.AddRange(buffer.AsSpan(0, count));
            }
            return received.Count;
        }

        public void Dispose()
        {
            Near.Dispose();
            _far.Dispose();
        }
    }
}
