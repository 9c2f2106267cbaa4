using System.Net;
using System.Net.Sockets;

namespace Bridge.Client.Tests;

[TestClass]
public sealed class LocalListenersTests
{
    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("0.0.0.0")]
    [DataRow("::1")]
    public void AreNoneAt_SomebodyListens_IsFalseUntilTheyStop(string address)
    {
        if (!Socket.OSSupportsIPv6 && address.Contains(':'))
            Assert.Inconclusive("no IPv6 here");
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        string endpoint = $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        bool during = LocalListeners.AreNoneAt(endpoint);
        listener.Stop();
        bool after = LocalListeners.AreNoneAt(endpoint);

        Assert.IsFalse(during);
        Assert.IsTrue(after);
    }

    [TestMethod]
    [DataRow("tcp://192.0.2.1:9")]
    [DataRow("nonsense")]
    public void AreNoneAt_NotOnThisComputer_IsNotKnown(string endpoint) => Assert.IsFalse(LocalListeners.AreNoneAt(endpoint));

    [TestMethod]
    [DataRow("tcp://localhost:9")]
    [DataRow("tcp://[::1]:9")]
    public void AreNoneAt_OtherWordsForThisComputer_IsTrue(string endpoint) => Assert.IsTrue(LocalListeners.AreNoneAt(endpoint));
}
