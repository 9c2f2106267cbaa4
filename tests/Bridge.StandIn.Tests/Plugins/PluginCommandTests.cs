using Bridge.SerialEM;
using Bridge.StandIn.Language;
using Bridge.StandIn.Plugins;
using Bridge.StandIn.Tests.Support;
using Bridge.Testing;

namespace Bridge.StandIn.Tests.Plugins;

[TestClass]
public sealed class PluginCommandTests
{
    [TestMethod]
    [DataRow("Plugin Fake None\nEcho $RepVal1 $ReportedValue1", "0 0")]
    [DataRow("x = 1.5\nPlugin Fake Two $x 2\nEcho $RepVal1", "3.5")]
    [DataRow("Plugin Fake Seven 1 2 3 4 5 6 7\nEcho $RepVal1", "28")]
    [DataRow("Plugin Fake Ints 1.9 2 3\nEcho $RepVal1", "6")]                      // whole numbers are cut, not rounded
    [DataRow("Plugin Fake Text all of $RepVal1\nEcho no", "")]
    [DataRow("Plugin Fake DoublesText 1 2 my  text # too\nEcho $RepVal1", "3")]
    [DataRow("Plugin Fake Out\nEcho $RepVal1 $RepVal2 $RepVal3 $RepVal4", "0 1 2 3")]
    [DataRow("Plugin Fake OutOne\nEcho $RepVal2", "1")]
    [DataRow("Plugin Fake IntOut 4\nEcho $RepVal1 $RepVal4", "4 3")]
    [DataRow("Plugin Fake Echo 1 2 3 said so\nEcho $RepVal1 $RepVal2", "6 SAID SO")]
    [DataRow("Plugin Fake None\nPlugin : Two 1 1\nEcho $RepVal1", "2")]
    public void Plugin_EveryForm_SetsTheReportedValues(string script, string echo)
    {
        using Scripted scripted = WithFake();

        RunResult result = scripted.Run("SuppressReports\n" + script);

        if (echo.Length == 0)
        {
            Assert.AreEqual(RunEnd.Aborted, result.End);
            return;
        }
        Assert.AreEqual(RunEnd.Completed, result.End, result.Message);
        Assert.AreEqual(echo, scripted.Log[^1]);
    }

    [TestMethod]
    public void Plugin_Text_IsTheRestOfTheLine()
    {
        var plugins = new PluginManager();
        var fake = new FakePlugin();
        plugins.Add(fake);
        using var scripted = new Scripted(plugins: plugins);

        scripted.Run("f = C:\\My Data\nPlugin Fake DoublesText 1 2 two  blanks and\\$f # all");

        Assert.AreEqual("two  blanks and\\C:\\My # all", fake.LastText);
    }

    [TestMethod]
    [DataRow("Plugin Bridge None", "no plugin loaded named Bridge (there is Fake)")]
    [DataRow("Plugin fake None", "no plugin loaded named fake")]                    // case counts
    [DataRow("Plugin Fake none", "no function named none")]
    [DataRow("Plugin Fake Two 1", "needs 2 values and there are 1")]
    [DataRow("Plugin Fake Text", "needs 1 values and there are 0")]
    [DataRow("Plugin Fake Mixed 1 2", "cannot send")]
    public void Plugin_WrongUse_OpensABoxAndStopsEvenAfterNoMessageBox(string script, string reason)
    {
        using Scripted scripted = WithFake();

        RunResult result = scripted.Run("NoMessageBoxOnError\n" + script);

        Assert.AreEqual(RunEnd.Aborted, result.End);
        StringAssert.Contains(result.Message, reason);
        Assert.AreEqual(1, scripted.World.Log.Boxes);
    }

    [TestMethod]
    [DataRow(0, 0, 0, true)]
    [DataRow(0, 7, 0, true)]
    [DataRow(0, 8, 0, false)]
    [DataRow(3, 0, 0, true)]
    [DataRow(4, 0, 0, false)]
    [DataRow(1, 1, 0, false)]
    [DataRow(0, 6, 1, true)]
    [DataRow(0, 7, 1, false)]
    [DataRow(3, 0, 1, true)]
    [DataRow(1, 1, 1, false)]
    [DataRow(0, 3, -1, true)]
    [DataRow(0, 4, -1, false)]
    [DataRow(0, 0, -1, false)]
    [DataRow(1, 3, -1, true)]
    [DataRow(1, 2, -1, false)]
    [DataRow(0, 3, 2, true)]
    [DataRow(0, 2, 2, false)]
    public void IsCallable_Form_AsSerialEMHasIt(int ints, int doubles, int ifString, bool callable)
        => Assert.AreEqual(callable, new PluginSignature("f", ints, doubles, ifString).IsCallable);

    [TestMethod]
    public void Candidates_Folder_LeavesThe32BitOnesOut()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["SerialEM-Bridge-64.dll", "Other-32.dll", "x.dll", "note.txt", "MyPlugin.dll"])
            folder.Write(name, []);

        CollectionAssert.AreEqual(new[] { "MyPlugin.dll", "SerialEM-Bridge-64.dll", "x.dll" }, PluginManager.Candidates(folder.Path).Select(path => Path.GetFileName(path)!).ToArray());
        CollectionAssert.AreEqual(new[] { "MyPlugin.dll" }, PluginManager.CandidatesBesideProgram(folder.Path).Select(path => Path.GetFileName(path)!).ToArray());
    }

    [TestMethod]
    public void BridgesOwnFunctions_AllAreOfAFormThatSerialEMCanCall()
    {
        var plugin = new ManagedPlugin();

        Assert.AreEqual(PluginFunctions.All.Count, plugin.Functions.Count);
        foreach (PluginSignature signature in plugin.Functions)
            Assert.IsTrue(signature.IsCallable, signature.ToString());
    }

    private static Scripted WithFake()
    {
        var plugins = new PluginManager();
        plugins.Add(new FakePlugin());
        return new Scripted(plugins: plugins);
    }
}
