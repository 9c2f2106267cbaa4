namespace Bridge.Client.Tests;

[TestClass]
public sealed class ArrowsTests
{
    [TestMethod]
    public void Client_References_OnlyWhatAPluginMayCarry()
    {
        string[] allowed = ["Bridge.Contracts", "Bridge.Messaging", "NetMQ", "Polly.Core", "Newtonsoft.Json", "Microsoft.Win32.Primitives", "Microsoft.Win32.Registry"];

        string[] referenced = [.. typeof(BridgeClient).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];

        string[] others = [.. referenced.Where(name => !allowed.Contains(name) && !name.StartsWith("System.", StringComparison.Ordinal))];
        Assert.IsEmpty(others, string.Join(", ", others));
        Assert.Contains("Polly.Core", referenced);
    }
}
