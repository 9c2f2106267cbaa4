using System.Diagnostics;
using System.Security.Cryptography;
using Bridge.Install.Tests.Support;
using Bridge.Testing;

namespace Bridge.Install.Tests;

/// <summary>The installer's life on one Windows, in the order in which staff meet it.</summary>
[TestClass]
public sealed class InstallerTests
{
    private const string Program = InstalledBridge.Program, Plugins = InstalledBridge.Plugins;
    private const string Settings = @"Software\Bridge";
    private const string AutostartKey = @"Software\Microsoft\Windows\CurrentVersion\Run";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Life_InstallUseUpgradeRepairRemove_EachStepLeavesWhatItShould()
    {
        using var windows = new InstalledBridge();
        long began = Stopwatch.GetTimestamp();
        windows.Install(InstalledBridge.Version, $"PORT={windows.Port}");
        TestContext.WriteLine($"installed in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        IsInstalled(windows, InstalledBridge.Version);
        IsAsPublished(windows);
        string[] asInstalled = windows.Files(Program);

        DoctorIsContent(windows);
        HostStartsAtLogOnAndAnswersSoon(windows);
        string[] journals = SessionIsCollectedWithAHostOfItsOwn(windows);
        CollectionAssert.AreEqual(asInstalled, windows.Files(Program), "something wrote into the program folder");

        SerialEmAtWork_StopsTheUpgradeInPlainWords(windows);
        windows.Install(InstalledBridge.Higher);
        IsInstalled(windows, InstalledBridge.Higher);
        Assert.IsEmpty(windows.Hosts, "the old host runs on");
        CollectionAssert.AreEqual(journals, Journals(windows), "the upgrade touched the user's sessions");
        Assert.AreNotEqual(0, windows.Msiexec("-i", InstalledBridge.Package(InstalledBridge.Version)).Code, "a downgrade was not refused");
        IsInstalled(windows, InstalledBridge.Higher);

        RepairBringsBackWhatWasDeleted(windows);

        windows.Remove();
        Assert.IsEmpty(windows.Files(Program));
        Assert.IsEmpty(windows.Files(Plugins));
        Assert.IsEmpty(windows.Registry(Settings));
        Assert.IsFalse(windows.Registry(AutostartKey).ContainsKey("Bridge"));
        CollectionAssert.AreEqual(journals, Journals(windows), "the removal touched the user's sessions");
    }

    [TestMethod]
    public void Install_WrongParametersThenUnusualOnes_RefusesAndThenEveryPartFindsTheOthersInAFolderThatNobodyMayWriteTo()
    {
        const string Folder = "Müller Lab/Bridge 2";
        const string Other = "SEM Ü/Plugins";
        using var windows = new InstalledBridge();
        foreach (string wrong in (string[])["PORT=abc", "PORT=70000", "AUTOSTART=yes"])
        {
            Assert.AreNotEqual(0, windows.Msiexec("-i", InstalledBridge.Package(InstalledBridge.Version), wrong).Code, wrong);
            Assert.IsEmpty(windows.Registry(Settings));
        }

        windows.Install(InstalledBridge.Version, @"INSTALLDIR=C:\Müller Lab\Bridge 2", @"PLUGINDIR=C:\SEM Ü\Plugins", $"PORT={windows.Port}", "AUTOSTART=0");

        Assert.IsFalse(windows.Registry(AutostartKey).ContainsKey("Bridge"));
        Assert.AreEqual($"{windows.Port}", windows.Registry(Settings)["Port"]);
        string[] asInstalled = windows.Files(Folder);
        using (MountedFolder? program = MountedFolder.TryReadOnly(windows.DriveC(Folder)), plugins = MountedFolder.TryReadOnly(windows.DriveC(Other)))
        {
            WinePrefix.Require(program is not null && plugins is not null, "a folder that cannot be written to (needs Linux and root)");
            (int code, string said) = windows.Run(Folder + "/agent-host.exe", "doctor");
            Assert.AreEqual(0, code, said);
            StringAssert.Contains(said, "SerialEM-Bridge-64.dll, version " + InstalledBridge.Version);
            using Process collecting = windows.Collect(Other, Folder + "/macros", minutes: 30);
            string log = collecting.StandardOutput.ReadToEnd();
            StringAssert.Contains(log, "session closed", log);
            Assert.HasCount(1, windows.Hosts);
            windows.EndHosts();
        }
        CollectionAssert.AreEqual(asInstalled, windows.Files(Folder));

        windows.Install(InstalledBridge.Higher);  // nothing said: as before
        Assert.AreEqual($"{windows.Port}", windows.Registry(Settings)["Port"]);
        Assert.IsFalse(windows.Registry(AutostartKey).ContainsKey("Bridge"));
        Assert.HasCount(1, windows.Files(Other));
        Assert.IsEmpty(windows.Files(Program));
    }

    /// <summary>Under Wine everybody is an administrator, and a silent installation does not log the sentence: it is looked for in the package, and the condition is turned round to
    /// see that it keeps the installer from changing anything.</summary>
    [TestMethod]
    public void Install_WithoutAdministratorsRights_IsRefusedWithWhatToDo()
    {
        const string Sentence = "Bridge is installed for all users of this computer. Ask an administrator, or start the installation from a command prompt that was opened with 'Run as administrator'.";
        string package = InstalledBridge.Package(InstalledBridge.Version);
        CollectionAssert.Contains(PackageTables.Read(package, "LaunchCondition").Select(row => string.Join('|', row)).ToArray(), "Privileged|" + Sentence);
        StringAssert.Contains(PackageTables.Read(package, "Property").Single(row => row[0] == "SecureCustomProperties")[1], ";INSTALLDIR;PLUGINDIR;MACROSDIR;PORT;AUTOSTART");
        using var windows = new InstalledBridge();
        using var folder = new TempFolder();
        string turned = folder.File("turned.msi");
        File.Copy(package, turned);
        PackageTables.Change(turned, "DELETE FROM LaunchCondition WHERE Condition='Privileged'");
        PackageTables.Change(turned, "INSERT INTO LaunchCondition (Condition, Description) VALUES ('NOT Privileged', 'an administrator')");

        int code = windows.Msiexec("-i", turned).Code;

        Assert.AreNotEqual(0, code);
        Assert.IsEmpty(windows.Registry(Settings));
        Assert.IsEmpty(windows.Files(Program));
        Assert.IsEmpty(windows.Files(Plugins));
    }

    private static void IsInstalled(InstalledBridge windows, string version)
    {
        string[] files = [.. windows.Files(Program).Select(file => file.Split(' ')[0])];
        foreach (string file in (string[])["agent-host.exe", "LICENSE.txt", "NOTICES.txt", "models/dqn.safetensors", "models/dqn.json", "macros/serialem/Bridge_Collect.txt", "macros/python/bridge.py", "docs/index.html", "docs/install.html"])
            CollectionAssert.Contains(files, file);
        Assert.HasCount(1, windows.Files(Plugins), "one file of ours, and nothing else, belongs into SerialEM's folder");
        Dictionary<string, string> settings = windows.Registry(Settings);
        Assert.AreEqual((version, $"{windows.Port}", "1"), (settings["Version"], settings["Port"], settings["Autostart"]));
        Assert.AreEqual((@"C:\Program Files\Bridge\", @"C:\Program Files\SerialEM\Plugins\"), (settings["ProgramFolder"], settings["PluginFolder"]));
        Assert.AreEqual(@"""C:\Program Files\Bridge\agent-host.exe"" start", windows.Registry(AutostartKey)["Bridge"]);
    }

    /// <summary>Every file is what the checksums beside the package say, and there is no other.</summary>
    private static void IsAsPublished(InstalledBridge windows)
    {
        string package = InstalledBridge.Package(InstalledBridge.Version);
        string[] published = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(package)!, $"CHECKSUMS-{InstalledBridge.Version}.txt"));
        string[] installed =
        [
            $"{Sha256(package)}  {Path.GetFileName(package)}",
            .. Sums(windows.DriveC(Plugins), "Plugins/"),
            .. Sums(windows.DriveC(Program), "Bridge/"),
        ];

        CollectionAssert.AreEqual(published, installed);
    }

    private static IEnumerable<string> Sums(string folder, string prefix)
        => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .OrderBy(path => Path.GetRelativePath(folder, path), StringComparer.Ordinal)
            .Select(path => $"{Sha256(path)}  {prefix}{Path.GetRelativePath(folder, path)}");

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private void DoctorIsContent(InstalledBridge windows)
    {
        (int code, string said) = windows.Run(Program + "/agent-host.exe", "doctor");
        TestContext.WriteLine(said);
        Assert.AreEqual(0, code, said);
        StringAssert.Contains(said, "ok   models: weights for classifier, dqn, first-sight, scan, as their cards describe them");
        StringAssert.Contains(said, $"ok   plugin: C:\\Program Files\\SerialEM\\Plugins\\SerialEM-Bridge-64.dll, version {InstalledBridge.Version}");
    }

    /// <summary>What stands in the Run key, as Windows runs it at log-on.</summary>
    private void HostStartsAtLogOnAndAnswersSoon(InstalledBridge windows)
    {
        long began = Stopwatch.GetTimestamp();
        (int code, string said) = windows.Run(Program + "/agent-host.exe", "start");
        TestContext.WriteLine($"start to first answer, two programs: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {said}");
        Assert.AreEqual(0, code, said);
        StringAssert.Contains(said, $"version {InstalledBridge.Version} answers at tcp://127.0.0.1:{windows.Port}");
        Assert.HasCount(1, windows.Hosts);
        (code, said) = windows.Run(Program + "/agent-host.exe", "start");
        Assert.AreEqual(0, code, said);
        StringAssert.Contains(said, "already");
        Assert.HasCount(1, windows.Hosts);
        windows.EndHosts();
    }

    /// <returns>The journals afterwards.</returns>
    private static string[] SessionIsCollectedWithAHostOfItsOwn(InstalledBridge windows)
    {
        using Process collecting = windows.Collect(Plugins, Program + "/macros", minutes: 60);
        string log = collecting.StandardOutput.ReadToEnd();
        StringAssert.Contains(log, "session closed", log);
        StringAssert.Contains(File.ReadAllText(windows.PluginLog), @"started C:\Program Files\Bridge\agent-host.exe");
        Assert.HasCount(1, windows.Hosts);
        string[] journals = Journals(windows);
        Assert.IsTrue(journals.Any(journal => journal.StartsWith("closed-", StringComparison.Ordinal)), string.Join(", ", journals));
        return journals;
    }

    private static void SerialEmAtWork_StopsTheUpgradeInPlainWords(InstalledBridge windows)
    {
        using Process collecting = windows.Collect(Plugins, Program + "/macros", minutes: 2000);
        while (collecting.StandardOutput.ReadLine() is { } line && !line.StartsWith("Bridge: hole 3 ", StringComparison.Ordinal))
        {
        }
        (int code, string log) = windows.Msiexec("-i", InstalledBridge.Package(InstalledBridge.Higher));
        collecting.Kill(entireProcessTree: true);
        collecting.WaitForExit(10_000);
        Assert.AreNotEqual(0, code, "a package was installed under a running SerialEM");
        StringAssert.Contains(log, "SerialEM is running and holds C:\\Program Files\\SerialEM\\Plugins\\SerialEM-Bridge-64.dll. Close SerialEM and install again.");
        IsInstalled(windows, InstalledBridge.Version);
        windows.EndHosts();
    }

    private static void RepairBringsBackWhatWasDeleted(InstalledBridge windows)
    {
        File.Delete(windows.DriveC(Program + "/models/dqn.json"));
        File.Delete(windows.DriveC(Program + "/macros/serialem/Bridge_Collect.txt"));
        File.Delete(windows.DriveC(Plugins + "/SerialEM-Bridge-64.dll"));

        (int code, string log) = windows.Msiexec("-i", InstalledBridge.Package(InstalledBridge.Higher), "REINSTALL=ALL", "REINSTALLMODE=omus");

        Assert.AreEqual(0, code, log);
        IsInstalled(windows, InstalledBridge.Higher);
    }

    private static string[] Journals(InstalledBridge windows)
        => [.. Directory.EnumerateFiles(Path.Combine(windows.DataFolder, "sessions"), "closed-*").Select(path => $"{Path.GetFileName(path)} {Sha256(path)}").Order(StringComparer.Ordinal)];
}
