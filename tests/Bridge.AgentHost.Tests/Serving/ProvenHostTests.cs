using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bridge.AgentHost.Tests.Support;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Testing;
using NetMQ;
using NetMQ.Sockets;

namespace Bridge.AgentHost.Tests.Serving;

/// <summary>The real program, with its secret.</summary>
[TestClass]
public sealed class ProvenHostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static TempFolder s_folder = null!;
    private static HostUnderTest s_host = null!;

    [ClassInitialize]
    public static void Start(TestContext _)
    {
        s_folder = new TempFolder();
        s_host = new HostUnderTest(s_folder.File("data"), "--secret-file", SecretFile);
    }

    [ClassCleanup]
    public static void End()
    {
        s_host.Dispose();
        s_folder.Dispose();
    }

    private static string SecretFile => s_folder.File("own/secret");

    private static string Secret => File.ReadAllText(SecretFile).Trim();

    [TestMethod]
    public void Host_ClientWithTheSecret_IsServedAlsoAfterTheHostWasKilled()
    {
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = s_host.Endpoint, SecretFile = SecretFile });
        string before = Secret;
        Assert.IsInstanceOfType<SessionOpenedReply>(client.Ask(Make.Opening(Make.Specimen(holes: 100), "proven"), Limit));

        s_host.Kill();
        s_host.Restart();

        Assert.IsInstanceOfType<SuggestionReply>(client.Ask(new SuggestRequest("proven") { ClockMin = 0 }, Limit));
        Assert.AreEqual(before, Secret);
    }

    [TestMethod]
    public void Host_ClientWithoutSecret_IsRefusedAndItIsLogged()
    {
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = s_host.Endpoint });

        var fault = (FaultReply)client.Ask(new SuggestRequest("proven"), Limit)!;

        Assert.AreEqual(FaultCode.NotProven, fault.Code);
        // The log is written by a thread of its own.
        Assert.IsTrue(SpinWait.SpinUntil(() => ReadLog().Contains("did not prove to know the secret", StringComparison.Ordinal), Limit), ReadLog());
    }

    [TestMethod]
    public void Host_FloodWithoutSecret_ServesTheHonestClientAndLogsALine()
    {
        using var honest = new BridgeClient(new BridgeClientOptions { Endpoint = s_host.Endpoint, SecretFile = SecretFile });
        using var stranger = new DealerSocket();
        stranger.Connect(s_host.Endpoint);
        string nonce = SecretProof.NewNonce();
        byte[][] wrong = [.. MessageCodec.Encode(new ProveRequest(nonce, new string('0', SecretProof.Digits)).ToMessage("wrong"))];
        List<byte[]>? reply = null;
        int answered = 0;
        long began = Stopwatch.GetTimestamp();

        for (int i = 0; i < 20_000; i++)
        {
            stranger.TrySendMultipartBytes(TimeSpan.FromSeconds(5), wrong);
            answered += stranger.TryReceiveMultipartBytes(TimeSpan.Zero, ref reply) ? 1 : 0;
        }
        Reply? welcome = honest.Ask(new HelloRequest("honest"), Limit);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        Assert.IsInstanceOfType<WelcomeReply>(welcome);
        // Held back 0.25, 1, 4, 8 s …: never more answers than that allows.
        Assert.IsTrue(answered <= 3 + (seconds / 4), $"{answered} guesses were answered in {seconds:0.0} s");
        Assert.IsLessThan(40, ReadLog().Split('\n').Count(line => line.Contains("did not prove", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Host_BehindARelayAtAnotherPort_IsNotBelieved()
    {
        using var relay = new TcpListener(IPAddress.Loopback, 0);
        relay.Start();
        int port = ((IPEndPoint)relay.LocalEndpoint).Port;
        Task relaying = Task.Run(() => Relay(relay));
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = $"tcp://127.0.0.1:{port}", SecretFile = SecretFile });

        PendingRequest pending = client.Submit(new HelloRequest("relayed"));
        bool noticed = SpinWait.SpinUntil(() => client.LastError?.Contains("does not prove", StringComparison.Ordinal) == true, Limit);

        Assert.IsTrue(noticed, client.LastError);
        Assert.IsNull(pending.Reply);
        relay.Stop();
        Assert.IsTrue(relaying.Wait(Limit));
    }

    [TestMethod]
    public void Doctor_HostOfAnotherSecret_SaysSo()
    {
        using var folder = new TempFolder();

        (int exitCode, string output, _) = HostUnderTest.Run("doctor", "--data-folder", folder.Path, "--endpoint", s_host.Endpoint);
        (_, string own, _) = HostUnderTest.Run("doctor", "--data-folder", folder.Path, "--endpoint", s_host.Endpoint, "--secret-file", SecretFile);

        Assert.AreEqual(1, exitCode, output);
        StringAssert.Contains(output, "is not this user's agent host");
        StringAssert.Contains(own, $"{s_host.Endpoint} answers in");
    }

    [TestMethod]
    public void Serve_NoSecretFileGiven_MakesOneInTheDataFolder()
    {
        using var folder = new TempFolder();
        using var host = new HostUnderTest(folder.File("data"), "--secret-file", "");
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint, SecretFile = Installation.SecretFileIn(folder.File("data")) });

        Assert.IsInstanceOfType<WelcomeReply>(client.Ask(new HelloRequest("test"), Limit));
    }

    private static string ReadLog()
    {
        using var file = new FileStream(s_folder.File("data/host.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd();
    }

    /// <summary>Carries connections to the real host and back, unchanged, until the listener stops.</summary>
    private static void Relay(TcpListener relay)
    {
        while (true)
        {
            try
            {
                using TcpClient client = relay.AcceptTcpClient();
                using var host = new TcpClient();
                host.Connect(IPAddress.Loopback, new Uri(s_host.Endpoint).Port);
                Task there = client.GetStream().CopyToAsync(host.GetStream()), back = host.GetStream().CopyToAsync(client.GetStream());
                Task.WaitAny([there, back], Limit);
            }
            catch (IOException)
            {
                continue;  // one of the two has gone: the next connection
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;  // the listener has stopped
            }
        }
    }
}
