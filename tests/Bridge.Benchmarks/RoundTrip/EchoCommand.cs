using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Benchmarks.RoundTrip;

/// <summary>The echo side, in a process of its own: <c>echo tcp</c>, <c>echo tcp-poll</c> or <c>echo router</c>. Started by <c>roundtrip</c>.</summary>
internal static class EchoCommand
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(15);

    public static Command Create()
    {
        var kind = new Argument<string>("kind");
        kind.AcceptOnlyFromAmong("tcp", "tcp-poll", "router");
        var command = new Command("echo", "The other side of roundtrip.") { kind };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(kind)!));
        return command;
    }

    private static int Run(string kind)
    {
        EndWithParent();
        if (kind == "router")
            EchoMessages();
        else
            EchoBytes(poll: kind == "tcp-poll");
        return 0;
    }

    private static void EchoBytes(bool poll)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        using Socket socket = listener.Accept();
        socket.NoDelay = true;
        byte[] buffer = new byte[Payload.Bytes];
        while (TcpPingPong.Receive(socket, buffer, poll))
            socket.Send(buffer);
    }

    private static void EchoMessages()
    {
        using var socket = new RouterSocket();
        Console.WriteLine(socket.BindRandomPort("tcp://127.0.0.1"));
        List<byte[]>? frames = null;
        byte[][] reply = new byte[2][];
        while (true)
        {
            if (!socket.TryReceiveMultipartBytes(TimeSpan.FromSeconds(1), ref frames, 2) || frames[^1] is [Payload.Take, ..])
                continue;
            (reply[0], reply[1]) = (frames[0], frames[^1]);
            socket.TrySendMultipartBytes(Payload.Limit, reply);
        }
    }

    /// <summary>The standard input ends when the parent does, however it ends.</summary>
    private static void EndWithParent()
    {
        new Thread(static () =>
        {
            Console.In.ReadToEndAsync().Wait(LongestLife);
            Environment.Exit(0);
        })
        { Name = "parent-watch", IsBackground = true }.Start();
    }
}
