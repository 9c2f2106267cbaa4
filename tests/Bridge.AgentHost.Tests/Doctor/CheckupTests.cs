using System.IO.Compression;
using Bridge.AgentHost.Doctor;
using Bridge.Testing;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Tests.Doctor;

[TestClass]
public sealed class CheckupTests
{
    [TestMethod]
    public void Plugin_FolderWithoutTheDll_SaysWhatSerialEmLacks()
    {
        using var folder = new TempFolder();

        Finding finding = PluginCheck.Run(folder.Path).Single();

        Assert.AreEqual(Health.Bad, finding.Health);
        StringAssert.Contains(finding.Text, "SerialEM does not know 'Bridge'");
    }

    [TestMethod]
    public void Plugin_OurDllsBesideIt_AreNamedEach()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["SerialEM-Bridge-64.dll", "Bridge.Client.dll", "SerialEM-Bridge-32.dll", "FEIScopePlugin.dll"])
            folder.Write(name, [1]);

        string[] bad = [.. PluginCheck.Run(folder.Path).Where(finding => finding.Health == Health.Bad).Select(finding => finding.Text)];

        Assert.HasCount(1, bad);
        StringAssert.StartsWith(bad[0], "Bridge.Client.dll lies in the Plugins folder");
    }

    [TestMethod]
    public void Plugin_OfAnotherVersionThanTheHost_SaysBothAndWhatToDo()
    {
        using var folder = new TempFolder();
        File.Copy(typeof(JObject).Assembly.Location, folder.File(PluginCheck.FileName));  // any DLL with another version

        Finding finding = PluginCheck.Run(folder.Path).Single();

        Assert.AreEqual(Health.Bad, finding.Health);
        StringAssert.Matches(finding.Text, new System.Text.RegularExpressions.Regex(@"is version 13\.\d+\.\d+, this program is \d+\.\d+\.\d+: close SerialEM, install again, restart SerialEM$"));
    }

    [TestMethod]
    public void Run_LogWithErrors_ShowsTheLastOfTheLastDays()
    {
        using var folder = new TempFolder();
        File.WriteAllLines(folder.File("host.log"),
        [
            "2025-12-01T08:00:00.000Z Error 3022 long ago",
            "2025-12-31T20:00:00.000Z Error 3022 Cannot write a journal: No space left on device",
            "2025-12-31T21:00:00.000Z Warning 3026 The host before this one ended without a word",
            "2025-12-31T22:00:00.000Z Information 3000 Listening",
            "no line of ours",
        ]);

        Finding finding = Findings(folder).Single(finding => finding.Check == "log");

        Assert.AreEqual(Health.Note, finding.Health);
        StringAssert.StartsWith(finding.Text, "in the last 2 days 1 errors and 1 warnings; the last: 2025-12-31T21:00:00.000Z Warning 3026 ");
    }

    [TestMethod]
    public void Run_JournalThatEndsInHalfALine_IsNotedAndNotBad()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("sessions"));
        File.WriteAllText(folder.File("sessions/session-s.jsonl"), "{\"seq\":1,\"utc\"");
        File.WriteAllText(folder.File("sessions/session-t.jsonl.torn"), "{\"seq\":9");

        Finding[] journals = [.. Findings(folder).Where(finding => finding.Check.StartsWith("journal", StringComparison.Ordinal))];

        Assert.IsFalse(journals.Any(finding => finding.Health == Health.Bad), string.Join('\n', journals.Select(finding => finding.Text)));
        Assert.IsTrue(journals.Any(finding => finding.Text.Contains("session-s.jsonl: the last line was cut short", StringComparison.Ordinal)));
        Assert.IsTrue(journals.Any(finding => finding.Text.StartsWith("1 times a host ended in the middle of a line", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Run_SecretThatCannotBeRead_IsBadAndTheRestGoesOn()
    {
        using var folder = new TempFolder();
        var settings = new CheckupSettings(folder.Path, "tcp://127.0.0.1:1", folder.File("none.txt"), null, folder.File("models"));

        Finding[] findings = [.. new Checkup(settings, TimeProvider.System).Run()];

        Assert.AreEqual(Health.Bad, findings.Single(finding => finding.Check == "secret").Health);
        Assert.AreEqual(Health.Note, findings.Single(finding => finding.Check == "models").Health);
        Assert.AreEqual(Health.Note, findings.Single(finding => finding.Check == "host").Health);
    }

    [TestMethod]
    public void Bundle_FolderWithSessions_HasLogsAndNamesButNoJournal()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("sessions"));
        folder.Write("sessions/closed-scan-1.jsonl", "pixels"u8.ToArray());
        folder.Write("host.log", "listening"u8.ToArray());
        string path = folder.File("bundle.zip");

        SupportBundle.Write(path, folder.Path, new JObject { ["command"] = "doctor" });

        using ZipArchive zip = ZipFile.OpenRead(path);
        CollectionAssert.AreEquivalent(new[] { "doctor.json", "host.log", "journals.txt" }, zip.Entries.Select(entry => entry.FullName).ToArray());
        using var names = new StreamReader(zip.GetEntry("journals.txt")!.Open());
        StringAssert.StartsWith(names.ReadToEnd(), "closed-scan-1.jsonl\t6\t");
    }

    [TestMethod]
    public void Bundle_FileThatCannotBeWritten_SaysSo()
    {
        using var folder = new TempFolder();

        Bridge.Contracts.ContractException e = Assert.ThrowsExactly<Bridge.Contracts.ContractException>(() => SupportBundle.Write(folder.File("no/such/bundle.zip"), folder.Path, []));

        StringAssert.Contains(e.Message, "cannot write the bundle");
    }

    private static Finding[] Findings(TempFolder folder)
        => [.. new Checkup(new CheckupSettings(folder.Path, "tcp://127.0.0.1:1", null, null, folder.File("models")), new HandTurnedClock()).Run()];
}
