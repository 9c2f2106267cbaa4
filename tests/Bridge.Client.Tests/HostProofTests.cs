using System.Text;
using Bridge.Client.Tests.Support;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.Client.Tests;

/// <summary>A client with a secret talks to nobody who does not know it.</summary>
[TestClass]
public sealed class HostProofTests
{
    private const string Secret = "a secret of some length";

    private static readonly string HostNonce = new('a', SecretProof.Digits);

    [TestMethod]
    public void Ask_HostThatKnowsTheSecret_IsAnsweredAfterBothProved()
    {
        using var host = new FakeHost();
        host.Behave(Knowing(host, Secret));
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { Secret = Secret });

        Soon.Answered<AckReply>(client.Submit(new SetBudgetRequest("s", 10)));

        CollectionAssert.AreEqual(new[] { "hello", "prove", "set_budget" }, host.Received.Select(message => message.Type).ToArray());
        var prove = (ProveRequest)Request.Parse(host.Received.ElementAt(1));
        Assert.AreEqual(SecretProof.OfClient(Secret, host.Port, prove.Nonce, HostNonce), prove.Proof);
        Assert.IsTrue(host.Received.All(message => !Encoding.UTF8.GetString(MessageCodec.Encode(message)[3]).Contains(Secret, StringComparison.Ordinal)), "the secret was sent");
    }

    [TestMethod]
    [DataRow(null, DisplayName = "answers welcome, as a host without a secret")]
    [DataRow("another secret, of another user")]
    public void Ask_SquatterOnThePort_HearsNothingButAHello(string? secret)
    {
        using var host = new FakeHost();
        if (secret is not null)
            host.Behave(Knowing(host, secret));
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { Secret = Secret });

        PendingRequest pending = client.Submit(new SetBudgetRequest("s", 10));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");

        Assert.IsNull(pending.Reply);
        Assert.IsTrue(host.Received.All(message => message.Type == "hello"), string.Join(' ', host.Received.Select(message => message.Type)));
        StringAssert.Contains(client.LastError, "does not prove that it knows this user's secret");
    }

    [TestMethod]
    public void Ask_SquatterTakesThePortOfADeadHost_HearsNothingButAHello()
    {
        using var host = new FakeHost();
        host.Behave(Knowing(host, Secret));
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { Secret = Secret });
        Soon.Answered<AckReply>(client.Submit(new SetBudgetRequest("s", 10)));
        int before = host.Received.Count;

        host.Kill();
        host.Behave(host.Honest.Answer);
        host.Start();
        PendingRequest pending = client.Submit(new SetBudgetRequest("s", 20));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");
        string[] heard = [.. host.Received.Skip(before).Select(message => message.Type)];

        Assert.IsNull(pending.Reply);
        Assert.IsTrue(heard.Length > 0 && heard.All(type => type == "hello"), string.Join(' ', heard));
    }

    [TestMethod]
    public void Ask_HostKilledAndBack_IsProvedAnewAndAnswered()
    {
        using var host = new FakeHost();
        host.Behave(Knowing(host, Secret));
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { Secret = Secret });
        Soon.Answered<AckReply>(client.Submit(new SetBudgetRequest("s", 10)));

        host.Kill();
        host.Start();

        Soon.Answered<AckReply>(client.Submit(new SetBudgetRequest("s", 20)));
    }

    [TestMethod]
    public void Ask_HostThatForgotUs_IsProvedAnewAndAskedAgain()
    {
        using var host = new FakeHost();
        bool forgot = false;
        Func<BridgeMessage, IEnumerable<List<byte[]>>> knowing = Knowing(host, Secret);
        host.Behave(message =>
        {
            if (message.Type != "set_budget" || forgot)
                return knowing(message);
            forgot = true;
            return [MessageCodec.Encode(new FaultReply(FaultCode.NotProven, "who are you?").ToMessage(message.RequestId))];
        });
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { Secret = Secret });

        Soon.Answered<AckReply>(client.Submit(new SetBudgetRequest("s", 10)));

        CollectionAssert.AreEqual(new[] { "hello", "prove", "set_budget", "hello", "prove", "set_budget" }, host.Received.Select(message => message.Type).ToArray());
    }

    [TestMethod]
    public void Ask_SecretFileMadeLater_WaitsForIt()
    {
        using var folder = new TempFolder();
        using var host = new FakeHost();
        host.Behave(Knowing(host, Secret));
        using var client = new BridgeClient(Make.Options(host.Endpoint) with { SecretFile = folder.File("secret") });

        PendingRequest pending = client.Submit(new SetBudgetRequest("s", 10));
        Soon.IsTrue(() => client.IsHostAway, "the host counts as away");
        StringAssert.Contains(client.LastError, "the secret cannot be read");
        folder.Write("secret", Encoding.UTF8.GetBytes(Secret + "\n"));

        Soon.Answered<AckReply>(pending);
    }

    private static Func<BridgeMessage, IEnumerable<List<byte[]>>> Knowing(FakeHost host, string secret) => message => Request.Parse(message) switch
    {
        HelloRequest { Nonce.Length: > 0 } hello => [MessageCodec.Encode(new ChallengeReply(HostNonce, SecretProof.OfHost(secret, host.Port, hello.Nonce, HostNonce)).ToMessage(message.RequestId))],
        ProveRequest => [MessageCodec.Encode(new WelcomeReply("1.0.0", [], []).ToMessage(message.RequestId))],
        _ => host.Honest.Answer(message),
    };
}
