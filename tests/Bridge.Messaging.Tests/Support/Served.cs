using NetMQ;
using NetMQ.Sockets;

namespace Bridge.Messaging.Tests.Support;

/// <summary>A live ROUTER that echoes, with one honest client that connected before the trouble began.</summary>
internal sealed class Served : IDisposable
{
    private readonly Echo _echo;
    private readonly DealerSocket _honest;
    private int _asked;

    public Served(Action<SocketOptions>? configure = null)
    {
        configure?.Invoke(Router.Options);
        Port = Router.BindRandomPort("tcp://127.0.0.1");
        _echo = new Echo(Router);
        _honest = Make.Dealer(Port, "honest");
    }

    public RouterSocket Router { get; } = new();

    public int Port { get; }

    public void AssertHonestIsAnswered()
    {
        string question = $"question {_asked++}";
        _honest.SendFrame(question);
        Assert.AreEqual(question, Make.ReceiveString(_honest));
    }

    public void Dispose()
    {
        _honest.Dispose();
        _echo.Dispose();
        Router.Dispose();
    }
}
