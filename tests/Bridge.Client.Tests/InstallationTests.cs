using Bridge.Contracts;

namespace Bridge.Client.Tests;

[TestClass]
public sealed class InstallationTests
{
    [TestMethod]
    [DataRow("48999", "tcp://127.0.0.1:48999")]
    [DataRow("1", "tcp://127.0.0.1:1")]
    [DataRow("65535", "tcp://127.0.0.1:65535")]
    [DataRow("0", Protocol.DefaultEndpoint)]
    [DataRow("65536", Protocol.DefaultEndpoint)]
    [DataRow(" 1", Protocol.DefaultEndpoint)]
    [DataRow("evil:1", Protocol.DefaultEndpoint)]
    [DataRow("", Protocol.DefaultEndpoint)]
    [DataRow(null, Protocol.DefaultEndpoint)]
    public void EndpointOf_WhatTheRegistryMayHold_IsAlwaysOnLoopback(string? port, string expected)
        => Assert.AreEqual(expected, Installation.EndpointOf(port));
}
