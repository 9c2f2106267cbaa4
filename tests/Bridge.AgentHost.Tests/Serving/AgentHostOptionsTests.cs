using Bridge.AgentHost.Serving;
using Microsoft.Extensions.Options;

namespace Bridge.AgentHost.Tests.Serving;

[TestClass]
public sealed class AgentHostOptionsTests
{
    [TestMethod]
    public void Defaults_AreWhatTheReadmeSays()
    {
        var options = new AgentHostOptions();

        Assert.AreEqual("tcp://127.0.0.1:48950", options.Endpoint);
        Assert.AreEqual((64, 256), (options.MaxSessions, options.MailboxCapacity));
        Assert.AreEqual(("", "", "", ""), (options.SecretFile, options.Planner, options.Model, options.AlignmentPolicy));
        Assert.IsTrue(Validate(options).Succeeded);
    }

    [TestMethod]
    [DataRow("tcp://127.0.0.1:0", true)]
    [DataRow("tcp://127.8.9.1:1", true)]
    [DataRow("tcp://localhost:65535", true)]
    [DataRow("tcp://[::1]:48950", true)]
    [DataRow("tcp://0.0.0.0:48950", false)]
    [DataRow("tcp://*:48950", false)]
    [DataRow("tcp://192.168.1.2:48950", false)]
    [DataRow("tcp://127.0.0.1:65536", false)]
    [DataRow("tcp://127.0.0.1", false)]
    [DataRow("http://127.0.0.1:48950", false)]
    [DataRow("localhost.example:1", false)]
    [DataRow("", false)]
    public void Endpoint_OnlyLoopback_IsAccepted(string endpoint, bool valid)
        => Assert.AreEqual(valid, Validate(new AgentHostOptions { Endpoint = endpoint }).Succeeded);

    [TestMethod]
    public void Validate_SeveralErrors_TellsAllAtOnce()
    {
        var options = new AgentHostOptions { Endpoint = "tcp://0.0.0.0:1", MaxSessions = 0, MailboxCapacity = -1, DataFolder = "", StopTimeout = TimeSpan.FromHours(1), Planner = "oracle", AlignmentPolicy = "known-matrix" };

        ValidateOptionsResult result = Validate(options);

        Assert.HasCount(7, result.Failures!);
        StringAssert.Contains(string.Join(' ', result.Failures!), "Host:AlignmentPolicy: choose least-squares, first-sight, sac");
        StringAssert.Contains(string.Join(' ', result.Failures!), "Host:Planner: choose rate, bayes, ucb, thompson, greedy");
    }

    private static ValidateOptionsResult Validate(AgentHostOptions options) => new AgentHostOptionsValidator().Validate(null, options);
}
