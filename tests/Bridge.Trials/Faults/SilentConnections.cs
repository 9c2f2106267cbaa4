using System.Net;
using System.Net.Sockets;
using Bridge.Contracts;
using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Trials.Faults;

/// <summary>Connections that come and say nothing, that stop in the middle of a greeting or a frame, and clients that ask and never read their answers.
/// An honest client beside them must not notice, the host's memory must stay bounded, and what they took must come back.</summary>
internal sealed class SilentConnections : IFault
{
    /// <summary>Most that the host may grow, MiB: what is queued for one peer is bounded, and so is what is queued for all.</summary>
    private const double MostMb = 700;

    private const int Silent = 160, Greedy = 4, Asked = 1500, AskedBetween = 150;

    public string Name => "half-open";

    public string What => "160 connections that say nothing, stop within the greeting or within a frame, and 4 clients that ask 1500 times for 5000 places each and never read";

    public int Usual => 20;

    public int Few => 1;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3042; 3007 where answers were dropped";
        if (!OperatingSystem.IsLinux())
        {
            tally.Skipped = "needs Linux";
            return;
        }
        using var bench = new FaultBench(run.Random.Next(), holes: 5000, hasSecret: false);
        using var asker = bench.NewAsker();
        bench.BeginWatch();
        double clockMin = 0;
        asker.Open("honest");
        ProcessFigures before = ProcessFigures.Of(bench.Host.ProcessId);
        for (int i = 0; i < run.Tries && !run.Stop.IsCancellationRequested; i++)
            tally.Try(1, () => StandInTheWay(bench, asker, before, run.Random, ref clockMin));
    }

    private static List<string> StandInTheWay(FaultBench bench, Asker asker, ProcessFigures before, Random random, ref double clockMin)
    {
        var silent = new List<Socket>();
        var greedy = new List<DealerSocket>();
        double most = 0;
        try
        {
            for (int i = 0; i < Silent; i++)
                silent.Add(Connect(bench.Host.Endpoint, i % 3, random));
            byte[][] opening = [.. MessageCodec.Encode(new OpenSessionRequest("greedy") { Path = bench.Navigator }.ToMessage("greedy"))];
            for (int i = 0; i < Greedy; i++)
            {
                var socket = new DealerSocket();
                socket.Options.ReceiveHighWatermark = 1;
                socket.Options.SendHighWatermark = 10;
                socket.Connect(bench.Host.Endpoint);
                greedy.Add(socket);
            }
            for (int i = 0; i < Asked; i++)
            {
                foreach (DealerSocket socket in greedy)
                    socket.TrySendMultipartBytes(TimeSpan.FromMilliseconds(1), opening);
                if (i % AskedBetween != 0)
                    continue;
                int item = asker.Suggest("honest", ref clockMin) ?? throw new TrialLossException("no hole is left: the trial needs a larger grid");
                asker.Report("honest", item, clockMin = 0);
                most = Math.Max(most, ProcessFigures.Of(bench.Host.ProcessId).ResidentMb);
            }
            bench.StopMustBeObeyed();
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
            greedy.ForEach(socket => socket.Dispose());
        }
        Require.That(most < before.ResidentMb + MostMb, $"the host grew from {before.ResidentMb:0} to {most:0} MiB");
        bench.LogMustSay(" 3042 Closed the connection with ");  // of those in their handshake 128 are let wait
        Require.Soon(() => ProcessFigures.Of(bench.Host.ProcessId).Handles <= before.Handles + 4, TimeSpan.FromSeconds(20), "the host keeps handles of connections that are gone");
        return [];
    }

    /// <param name="how">0 says nothing; 1 stops within the greeting; 2 greets and stops within its handshake's first frame.</param>
    private static Socket Connect(string endpoint, int how, Random random)
    {
        var uri = new Uri(endpoint);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Parse(uri.Host), uri.Port);
        byte[] greeting = new byte[64];
        (greeting[0], greeting[9], greeting[10], greeting[11]) = (0xFF, 0x7F, 3, 1);
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        if (how == 1)
            socket.Send(greeting.AsSpan(0, random.Next(1, 63)));
        if (how == 2)
        {
            socket.Send(greeting);
            socket.Send([4, 41, 5, (byte)'R', (byte)'E', (byte)'A']);
        }
        return socket;
    }
}
