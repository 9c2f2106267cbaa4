using Bridge.Client.Tests.Support;

namespace Bridge.Client.Tests;

[TestClass]
public sealed class BridgeClientOptionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [TestMethod]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new BridgeClientOptions();

        options.Validate();

        Assert.AreEqual("tcp://127.0.0.1:48950", options.Endpoint);
        Assert.AreEqual(TimeSpan.FromMilliseconds(200), options.Deadline);
        Assert.AreEqual(TimeSpan.FromSeconds(1), options.AttemptTimeout);
        Assert.AreEqual(TimeSpan.FromSeconds(10), options.FallbackAfter);
        Assert.AreEqual(3, options.BreakAfter);
        Assert.AreEqual(TimeSpan.FromSeconds(2), options.BreakFor);
        Assert.AreEqual(100_000, options.OutboxCapacity);
        Assert.IsNull(options.Secret);
    }

    [TestMethod]
    public void Validate_EveryEdge_IsInAndOneBeyondIsOut()
    {
        var good = new BridgeClientOptions();
        Edges("Deadline", TimeSpan.Zero, TimeSpan.FromSeconds(2), value => good with { Deadline = value });
        Edges("AttemptTimeout", TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1), value => good with { AttemptTimeout = value });
        Edges("FallbackAfter", TimeSpan.Zero, TimeSpan.FromMinutes(10), value => good with { FallbackAfter = value });
        Edges("BreakFor", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1), value => good with { BreakFor = value });
        Edges("BreakAfter", 2, 100, value => good with { BreakAfter = value });
        Edges("OutboxCapacity", 1, 1_000_000, value => good with { OutboxCapacity = value });
        AssertIn(good with { Secret = "x" });
        AssertIn(good with { Secret = new string('x', 255) });
        AssertOut("Secret", good with { Secret = "" });
        AssertOut("Secret", good with { Secret = new string('é', 128) });
    }

    [TestMethod]
    public void BridgeClient_EveryCornerOfTheRanges_Works()
    {
        using var host = new FakeHost();
        foreach (TimeSpan attempt in new[] { TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1) })
        {
            foreach (TimeSpan breakFor in new[] { TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1) })
            {
                foreach (int breakAfter in new[] { 2, 100 })
                {
                    using var client = new BridgeClient(new BridgeClientOptions
                    {
                        Endpoint = host.Endpoint,
                        AttemptTimeout = attempt,
                        BreakFor = breakFor,
                        BreakAfter = breakAfter,
                        OutboxCapacity = 1,
                    });
                    Soon.Answered<Contracts.WelcomeReply>(client.Submit(new Contracts.HelloRequest("test")));
                }
            }
        }
    }

    [TestMethod]
    [DataRow("tcp://127.0.0.1:1")]
    [DataRow("tcp://127.0.0.1:65535")]
    [DataRow("tcp://localhost:48950")]
    [DataRow("tcp://[::1]:48950")]
    public void Validate_Endpoint_IsTaken(string endpoint) => AssertIn(new BridgeClientOptions { Endpoint = endpoint });

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("127.0.0.1:48950")]
    [DataRow("udp://127.0.0.1:48950")]
    [DataRow("tcp://")]
    [DataRow("tcp://127.0.0.1")]
    [DataRow("tcp://127.0.0.1:")]
    [DataRow("tcp://127.0.0.1:0")]
    [DataRow("tcp://127.0.0.1:65536")]
    [DataRow("tcp://127.0.0.1:-1")]
    [DataRow("tcp://127.0.0.1:x")]
    [DataRow("tcp://127.0.0.1:48950/path")]
    [DataRow("tcp://localhost")]
    [DataRow("tcp://*:48950")]
    [DataRow("tcp://some.host:48950")]
    public void Validate_NoEndpoint_IsRefused(string? endpoint) => AssertOut("Endpoint", new BridgeClientOptions { Endpoint = endpoint! });

    [TestMethod]
    public void BridgeClient_SeveralWrong_TellsAllAtOnce()
    {
        var options = new BridgeClientOptions
        {
            Endpoint = "nowhere",
            Deadline = -Tick,
            AttemptTimeout = TimeSpan.Zero,
            FallbackAfter = TimeSpan.MaxValue,
            BreakAfter = 0,
            BreakFor = TimeSpan.Zero,
            OutboxCapacity = 0,
            Secret = "",
        };

        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => new BridgeClient(options));

        foreach (string name in new[] { "Endpoint", "Deadline", "AttemptTimeout", "FallbackAfter", "BreakAfter", "BreakFor", "OutboxCapacity", "Secret" })
            StringAssert.Contains(e.Message, name);
    }

    private static void Edges(string name, TimeSpan min, TimeSpan max, Func<TimeSpan, BridgeClientOptions> with)
    {
        AssertIn(with(min));
        AssertIn(with(max));
        AssertOut(name, with(min - Tick));
        AssertOut(name, with(max + Tick));
    }

    private static void Edges(string name, int min, int max, Func<int, BridgeClientOptions> with)
    {
        AssertIn(with(min));
        AssertIn(with(max));
        AssertOut(name, with(min - 1));
        AssertOut(name, with(max + 1));
    }

    private static void AssertIn(BridgeClientOptions options) => options.Validate();

    private static void AssertOut(string name, BridgeClientOptions options)
        => StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(options.Validate).Message, name);
}
