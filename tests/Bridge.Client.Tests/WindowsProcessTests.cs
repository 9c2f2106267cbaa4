namespace Bridge.Client.Tests;

/// <summary>What can be seen of it without Windows; the sessions under Wine start the host with it.</summary>
[TestClass]
public sealed class WindowsProcessTests
{
    [TestMethod]
    [DataRow("serve", "serve")]
    [DataRow("", "\"\"")]
    [DataRow("a b", "\"a b\"")]
    [DataRow("C:\\data\\", "C:\\data\\")]
    [DataRow("C:\\my data\\", "\"C:\\my data\\\\\"")]
    [DataRow("C:\\my data\\x", "\"C:\\my data\\x\"")]
    [DataRow("say \"no\"", "\"say \\\"no\\\"\"")]
    [DataRow("a\\\\\"b", "\"a\\\\\\\\\\\"b\"")]
    public void CommandLine_Argument_IsQuotedAsWindowsProgramsParseIt(string argument, string expected)
        => Assert.AreEqual($"\"C:\\Program Files\\Bridge\\agent-host.exe\" serve {expected} last", WindowsProcess.CommandLine("C:\\Program Files\\Bridge\\agent-host.exe", ["serve", argument, "last"]));
}
