using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Support;

/// <summary>Short ways to what many tests need.</summary>
internal static class Make
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    public static string At(int port) => $"tcp://127.0.0.1:{port}";

    /// <summary>Bytes that tell an error of order or length.</summary>
    public static byte[] Payload(int size)
    {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++)
        {
            bytes[i] = (byte)i;
        }
        return bytes;
    }

    public static RouterSocket Router(out int port)
    {
        RouterSocket router = new();
        port = router.BindRandomPort("tcp://127.0.0.1");
        return router;
    }

    public static DealerSocket Dealer(int port, string? identity = null)
    {
        DealerSocket dealer = new();
        dealer.Options.Identity = identity is null ? null : System.Text.Encoding.ASCII.GetBytes(identity);
        dealer.Connect(At(port));
        return dealer;
    }

    /// <summary>Receives a message or fails the test.</summary>
    public static NetMQMessage Receive(NetMQSocket socket)
    {
        NetMQMessage? message = null;
        Assert.IsTrue(socket.TryReceiveMultipartMessage(Soon, ref message), "no message came");
        return message!;
    }

    public static string ReceiveString(NetMQSocket socket)
    {
        Assert.IsTrue(socket.TryReceiveFrameString(Soon, out string? text), "no message came");
        return text!;
    }

    /// <summary>Waits until something holds or fails the test.</summary>
    public static void Eventually(Func<bool> condition, string what) =>
        Assert.IsTrue(SpinWait.SpinUntil(condition, Soon), $"not in time: {what}");
}
