using System.Diagnostics;
using System.Net.Sockets;
using Bridge.Messaging.Tests.Support;
using NetMQ.Core.Wire;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Abuse;

[TestClass]
public class MillionFramesTests
{
    private const int Frames = 1_000_000;
    private const int FramesPerConnection = 400;
    private const int Attackers = 3;
    private const long AllowedGrowth = 200L << 20;

    private static readonly string[] Commands = ["READY", "PING", "PONG", "SUBSCRIBE", "CANCEL", "HELLO", "INITIATE", "JOIN", "ERROR", ""];

    /// <summary>
    /// Attackers send random and mutated frames, before and after the handshake, while an honest client asks without pause. What the
    /// attackers do is seeded; how it interleaves is not.
    /// </summary>
    [TestMethod]
    public void Router_MillionRandomFrames_HonestPeerGetsEveryAnswerAndMemoryStaysBounded()
    {
        using Served served = new();
        using DealerSocket honest = Make.Dealer(served.Port, "worker");
        served.AssertHonestIsAnswered();
        long before = WorkingSet(), peak = before;
        int sent = 0;
        Task[] attackers = [.. Enumerable.Range(0, Attackers).Select(seed => Task.Factory.StartNew(() =>
        {
            Random random = new(seed);
            MemoryStream batch = new();
            while (Volatile.Read(ref sent) < Frames)
            {
                Interlocked.Add(ref sent, Attack(random, batch, served.Port));
            }
        }, TaskCreationOptions.LongRunning))];

        int answers = 0;
        long last = 0;
        while (!Task.WaitAll(attackers, 0))
        {
            byte[] question = BitConverter.GetBytes(answers++);
            NetMQ.OutgoingSocketExtensions.SendFrame(honest, question);
            Assert.IsTrue(Make.Receive(honest).Last.Equals(question), $"answer {answers}");
            if (Environment.TickCount64 - last > 100)
            {
                last = Environment.TickCount64;
                peak = Math.Max(peak, WorkingSet());
            }
        }

        served.AssertHonestIsAnswered();
        Console.WriteLine($"{sent} hostile frames, {answers} honest answers, working set grew by {(peak - before) >> 20} MB");
        Assert.IsGreaterThanOrEqualTo(Frames, sent);
        Assert.IsGreaterThan(100, answers);
        Assert.IsLessThan(AllowedGrowth, peak - before);
        Make.Eventually(() => served.Router.Engine.ConnectionCount == 2, "the attackers' connections are gone");
    }

    /// <summary>One hostile connection; returns the number of frames it sent.</summary>
    private static int Attack(Random random, MemoryStream batch, int port)
    {
        int frames = 0;
        try
        {
            using RawPeer peer = new(port);
            int kind = random.Next(20);
            if (kind > 0)
            {
                peer.Send(Mutated(random, Greeting.Build("NULL", asServer: false), chance: kind == 1 ? 1 : 0));
            }
            if (kind > 2)
            {
                peer.Send(Mutated(random, Command.Encode("READY", new Metadata("DEALER", []).Encode()), chance: kind == 3 ? 1 : 0));
            }
            int atOnce = FramesPerConnection / 4;
            for (; frames < FramesPerConnection; frames += atOnce)
            {
                batch.SetLength(0);
                for (int i = 0; i < atOnce; i++)
                {
                    batch.Write(Mutated(random, AnyFrame(random), chance: 0.003));
                }
                peer.Send(batch.GetBuffer().AsSpan(0, (int)batch.Length));
            }
        }
        catch (SocketException)
        {
            return frames;   // the router has closed the connection, as it should after the first fault
        }
        return frames;
    }

    private static byte[] AnyFrame(Random random)
    {
        byte[] body = new byte[random.Next(500) == 0 ? random.Next(100_000) : random.Next(300)];
        random.NextBytes(body);
        return random.Next(4) == 0
            ? Command.Encode(Commands[random.Next(Commands.Length - 3) + (random.Next(50) == 0 ? 3 : 0)], body.AsSpan(0, Math.Min(body.Length, 40)))
            : FrameCodec.Encode((byte)(random.Next(3) == 0 ? FrameCodec.More : 0), body);
    }

    private static byte[] Mutated(Random random, byte[] bytes, double chance)
    {
        if (random.NextDouble() >= chance)
        {
            return bytes;
        }
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, 10) : bytes.Length)] = (byte)random.Next(256);
        }
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static long WorkingSet()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
