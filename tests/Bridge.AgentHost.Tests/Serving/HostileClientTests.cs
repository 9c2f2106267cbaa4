using System.Text;
using Bridge.AgentHost.Tests.Support;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>What a hostile or broken client sends must not be noticed by an honest one. (The wire below has its own such tests.)</summary>
[TestClass]
public sealed class HostileClientTests
{
    private const int Messages = 200_000;
    private const long MemoryLimit = 200L * 1024 * 1024;

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public void Host_FloodOfMutatedMessages_ServesTheHonestClient()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.Path);
        MeasuredGrid specimen = Make.Specimen(holes: 1000);
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        Assert.IsInstanceOfType<SessionOpenedReply>(client.Ask(Make.Opening(specimen, "honest"), TimeSpan.FromSeconds(30)));
        var items = new HashSet<int>();
        long most = 0;

        Task hostile = Task.Factory.StartNew(() => SendGarbage(host.Endpoint), TaskCreationOptions.LongRunning);
        while (!hostile.IsCompleted)
        {
            var suggestion = (SuggestionReply)client.Ask(new SuggestRequest("honest") { ClockMin = 0 }, TimeSpan.FromSeconds(30))!;
            if (suggestion.Target is { } target)
                Assert.IsTrue(items.Add(target.Item), $"item {target.Item} came twice");
            most = Math.Max(most, host.MemoryBytes);
        }

        hostile.Wait();
        Assert.IsFalse(host.HasExited);
        Assert.IsTrue(items.Count > 100, $"{items.Count} suggestions");
        Assert.IsTrue(most < MemoryLimit, $"the host grew to {most >> 20} MiB");
        Assert.HasCount(1, host.Journals());
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void Host_ClientThatAsksAndNeverReads_ServesTheHonestClient()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.Path);
        using var greedy = new DealerSocket();
        greedy.Options.ReceiveHighWatermark = 1;
        greedy.Options.SendHighWatermark = 10;
        greedy.Connect(host.Endpoint);
        MeasuredGrid specimen = Make.Specimen(holes: 5000);
        byte[][] opening = [.. MessageCodec.Encode(Make.Message(Make.Opening(specimen, "greedy"), "same"))];
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        long most = 0;

        // Each repetition is answered with all 5000 places, some 300 kB; nobody reads them.
        for (int i = 0; i < 2000; i++)
        {
            greedy.TrySendMultipartBytes(TimeSpan.FromMilliseconds(2), opening);
            most = Math.Max(most, host.MemoryBytes);
        }
        Reply? answer = client.Ask(new HelloRequest("honest"), TimeSpan.FromSeconds(30));

        Assert.IsInstanceOfType<WelcomeReply>(answer);
        Assert.IsTrue(most < 2 * MemoryLimit, $"the host grew to {most >> 20} MiB");
    }

    [TestMethod]
    public void Host_FullDisk_IsAFaultUntilThereIsRoom()
    {
        using MountedFolder? disk = MountedFolder.TrySmall(kilobytes: 512);
        if (disk is null)
        {
            Assert.Inconclusive("a small file system cannot be mounted here (needs Linux and root)");
            return;
        }
        using var host = new HostUnderTest(disk.Path);
        MeasuredGrid specimen = Make.Specimen(holes: 100);
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        TimeSpan limit = TimeSpan.FromSeconds(30);
        Assert.IsInstanceOfType<SessionOpenedReply>(client.Ask(Make.Opening(specimen), limit));
        string filler = Path.Combine(disk.Path, "filler");
        disk.Fill(filler);

        Reply? full = Enumerable.Range(0, 100).Select(_ => client.Ask(new SuggestRequest("s") { ClockMin = 0 }, limit)).FirstOrDefault(reply => reply is FaultReply);
        File.Delete(filler);
        Reply? room = client.Ask(new SuggestRequest("s") { ClockMin = 0 }, limit);

        Assert.AreEqual(FaultCode.JournalUnwritable, ((FaultReply)full!).Code);
        Assert.IsInstanceOfType<SuggestionReply>(room);
        host.Kill();
        host.Restart();
        Assert.IsInstanceOfType<SuggestionReply>(client.Ask(new SuggestRequest("s") { ClockMin = 0 }, limit));
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public void Host_StartedOnAFullDisk_AnswersWithAWordAndGoesOnWhenThereIsRoom()
    {
        using MountedFolder? disk = MountedFolder.TrySmall(kilobytes: 512);
        if (disk is null)
        {
            Assert.Inconclusive("a small file system cannot be mounted here (needs Linux and root)");
            return;
        }
        string filler = Path.Combine(disk.Path, "filler");
        Directory.CreateDirectory(Path.Combine(disk.Path, "sessions"));
        disk.Fill(filler);
        using var host = new HostUnderTest(disk.Path);
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        TimeSpan limit = TimeSpan.FromSeconds(30);

        Reply? full = client.Ask(Make.Opening(Make.Specimen(holes: 100)), limit);
        File.Delete(filler);
        Reply? room = client.Ask(Make.Opening(Make.Specimen(holes: 100)), limit);

        Assert.AreEqual(FaultCode.JournalUnwritable, ((FaultReply)full!).Code);
        Assert.IsInstanceOfType<SessionOpenedReply>(room);
    }

    private static void SendGarbage(string endpoint)
    {
        var random = new Random(7);
        using var socket = new DealerSocket();
        socket.Connect(endpoint);
        string[] types = ["hello", "open_session", "set_budget", "update_stage", "suggest", "report_visit", "report_ctf", "report_skipped", "explain", "close_session", "ack", "fault"];
        List<byte[]>? reply = null;
        for (int i = 0; i < Messages; i++)
        {
            List<byte[]> frames = MessageCodec.Encode(new BridgeMessage(types[random.Next(types.Length)], Ids.New(), []));
            frames[3] = Encoding.UTF8.GetBytes("{\"session\":\"nobody\",\"item\":1,\"minutes_left\":1e400,\"targets\":[{}],\"path\":\"\"}");
            Mutate(frames, random);
            socket.TrySendMultipartBytes(TimeSpan.FromSeconds(5), [.. frames]);
            while (socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref reply))
            {
                // Read, so that the flood is limited by the host and not by the high-water mark.
            }
        }
    }

    private static void Mutate(List<byte[]> frames, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                frames.RemoveAt(random.Next(frames.Count));
                break;
            case 1:
                var noise = new byte[random.Next(200)];
                random.NextBytes(noise);
                frames[random.Next(frames.Count)] = noise;
                break;
            case 2:
                byte[] frame = (byte[])frames[random.Next(frames.Count)].Clone();
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                frames[^1] = frame;
                break;
            case 3:
                frames[3] = frames[3][..random.Next(frames[3].Length)];
                break;
            default:
                frames.Insert(random.Next(frames.Count + 1), []);
                break;
        }
    }
}
