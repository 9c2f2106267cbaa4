using System.Diagnostics;
using Bridge.Install.Tests.Support;

namespace Bridge.Install.Tests;

/// <summary>The installer's life on one Windows, in the order in which staff meet it.</summary>
[TestClass]
public sealed class InstallerTests
{
    private const string Program = "Program Files/Bridge";
    private const string Plugins = "Program Files/SerialEM/Plugins";
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

        (int code, string log) = windows.Msiexec("-x", InstalledBridge.Package(InstalledBridge.Higher));
        Assert.AreEqual(0, code, log);
        Assert.IsEmpty(windows.Files("Program Files/Bridge"));
        Assert.IsEmpty(windows.Files(Plugins));
        Assert.IsNull(windows.Registry(Settings, "Version"));
        Assert.IsNull(windows.Registry(AutostartKey, "Bridge"));
        CollectionAssert.AreEqual(journals, Journals(windows), "the removal touched the user's sessions");
    }

    [TestMethod]
    public void Install_WrongParametersThenUnusualOnes_RefusesAndThenEveryPartFindsTheOthers()
    {
        const string Folder = "Müller Lab/Bridge 2";
        const string Other = "SEM Ü/Plugins";
        using var windows = new InstalledBridge();

        foreach (string wrong in (string[])["PORT=abc", "PORT=70000", "AUTOSTART=yes"])
        {
            Assert.AreNotEqual(0, windows.Msiexec("-i", InstalledBridge.Package(InstalledBridge.Version), wrong).Code, wrong);
            Assert.IsNull(windows.Registry(Settings, "Version"));
        }

        windows.Install(InstalledBridge.Version, @"INSTALLDIR=C:\Müller Lab\Bridge 2", @"PLUGINDIR=C:\SEM Ü\Plugins", $"PORT={windows.Port}", "AUTOSTART=0");

        Assert.IsNull(windows.Registry(AutostartKey, "Bridge"));
        Assert.AreEqual($"{windows.Port}", windows.Registry(Settings, "Port"));
        string[] asInstalled = windows.Files(Folder);
        (int code, string said) = windows.Run(Folder + "/agent-host.exe", "doctor");
        Assert.AreEqual(0, code, said);
        StringAssert.Contains(said, "SerialEM-Bridge-64.dll, version " + InstalledBridge.Version);
        using Process collecting = windows.Collect(Other, Folder + "/macros", minutes: 30);
        string log = collecting.StandardOutput.ReadToEnd();
        StringAssert.Contains(log, "session closed", log);
        Assert.HasCount(1, windows.Hosts);
        CollectionAssert.AreEqual(asInstalled, windows.Files(Folder), "something wrote into the program folder");

        windows.Install(InstalledBridge.Higher);  // nothing said: as before
        Assert.AreEqual($"{windows.Port}", windows.Registry(Settings, "Port"));
        Assert.IsNull(windows.Registry(AutostartKey, "Bridge"));
        Assert.HasCount(1, windows.Files(Other));
        Assert.IsEmpty(windows.Files(Program));
    }

    [TestMethod]
    public void Rehearsed_Failures_AreToldInWordsThatHelp()
    {
        using var windows = new InstalledBridge();
        windows.Install(InstalledBridge.Version, $"PORT={windows.Port}");
        string weights = windows.DriveC(Program + "/models/dqn.safetensors");

        byte[] whole = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, whole[..^100]);
        Doctor(windows, 1, "BAD  models:", "dqn.safetensors", "repair the installation");
        File.WriteAllBytes(weights, whole);

        Directory.Move(windows.DriveC(Program + "/models"), windows.DriveC(Program + "/elsewhere"));
        Doctor(windows, 0, "note models: no weights in", "repair the installation");
        Directory.Move(windows.DriveC(Program + "/elsewhere"), windows.DriveC(Program + "/models"));

        File.Delete(windows.DriveC(Plugins + "/SerialEM-Bridge-64.dll"));
        Doctor(windows, 1, "BAD  plugin:", "SerialEM does not know 'Bridge'", "Repair the installation");

        Doctor(windows, 1, ["--secret-file", @"C:\not\there.txt"], "BAD  secret: cannot read the secret");

        using (var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, windows.Port))
        {
            taken.Start();
            Doctor(windows, 1, "BAD  host: something listens on", "choose another port");
            Assert.AreNotEqual(0, windows.Run(Program + "/agent-host.exe", "start").Code);
        }
        string log = File.ReadAllText(Path.Combine(windows.DataFolder, "host.log"));
        StringAssert.Contains(log, $"Did not start: cannot listen on tcp://127.0.0.1:{windows.Port}", log);
    }

    private static void Doctor(InstalledBridge windows, int expected, params string[] words) => Doctor(windows, expected, [], words);

    private static void Doctor(InstalledBridge windows, int expected, string[] arguments, params string[] words)
    {
        (int code, string said) = windows.Run(Program + "/agent-host.exe", ["doctor", .. arguments]);
        foreach (string word in words)
            StringAssert.Contains(said, word);
        Assert.AreEqual(expected, code, said);
    }

    private static void IsInstalled(InstalledBridge windows, string version)
    {
        string[] files = [.. windows.Files(Program).Select(file => file.Split(' ')[0])];
        foreach (string file in (string[])["agent-host.exe", "LICENSE.txt", "NOTICES.txt", "models/dqn.safetensors", "models/dqn.json", "macros/serialem/Bridge_Collect.txt", "macros/python/bridge.py", "docs/index.html", "docs/install.html"])
            CollectionAssert.Contains(files, file);
        Assert.HasCount(1, windows.Files(Plugins), "one file of ours, and nothing else, belongs into SerialEM's folder");
        Assert.AreEqual(version, windows.Registry(Settings, "Version"));
        Assert.AreEqual($"{windows.Port}", windows.Registry(Settings, "Port"));
        Assert.AreEqual(@"C:\Program Files\Bridge\", windows.Registry(Settings, "ProgramFolder"));
        Assert.AreEqual(@"C:\Program Files\SerialEM\Plugins\", windows.Registry(Settings, "PluginFolder"));
        Assert.AreEqual(@"""C:\Program Files\Bridge\agent-host.exe"" start", windows.Registry(AutostartKey, "Bridge"));
    }

    private void DoctorIsContent(InstalledBridge windows)
    {
        (int code, string said) = windows.Run(Program + "/agent-host.exe", "doctor");
        TestContext.WriteLine(said);
        Assert.AreEqual(0, code, said);
        StringAssert.Contains(said, "ok   models: weights for dqn");
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
        StringAssert.Contains(File.ReadAllText(Path.Combine(windows.DataFolder, "plugin.log")), @"started C:\Program Files\Bridge\agent-host.exe");
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
        => [.. Directory.EnumerateFiles(Path.Combine(windows.DataFolder, "sessions"), "closed-*").Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}").Order(StringComparer.Ordinal)];
}
