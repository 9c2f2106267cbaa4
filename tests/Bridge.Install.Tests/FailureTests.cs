using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Bridge.Install.Tests.Support;
using Bridge.Testing;

namespace Bridge.Install.Tests;

/// <summary>What goes wrong on a microscope's computer, and what whoever is called to it reads: from the installed program, one installation for all.</summary>
[TestClass]
public sealed class FailureTests
{
    private const string Program = InstalledBridge.Program, Plugins = InstalledBridge.Plugins, Dll = Plugins + "/SerialEM-Bridge-64.dll";

    private static InstalledBridge? s_windows;

    private static InstalledBridge Windows => s_windows!;

    [ClassInitialize]
    public static void Install(TestContext _)
    {
        s_windows = new InstalledBridge();
        s_windows.Install(InstalledBridge.Version, $"PORT={s_windows.Port}");
    }

    [ClassCleanup]
    public static void Remove() => s_windows?.Dispose();

    [TestCleanup]
    public void EndHosts()
    {
        if (Windows.Hosts.Length > 0)
            Windows.EndHosts();
        if (Directory.Exists(Windows.DataFolder))
            Directory.Delete(Windows.DataFolder, recursive: true);
    }

    [TestMethod]
    public void PortTaken_DoctorServeAndLog_SayWhichAndWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, Windows.Port);
        taken.Start();
        string why = $"cannot listen on tcp://127.0.0.1:{Windows.Port}: tcp://127.0.0.1:{Windows.Port} is in use by another socket or program; choose another port or end it. "
            + "If another agent-host runs there, use that one, or choose another port: with --endpoint, or if the installer brought this program by installing again with PORT=.";

        Windows.Doctor($"BAD  host: something listens on tcp://127.0.0.1:{Windows.Port}", "choose another port");
        Windows.RunHost(["serve"], 1, "agent-host: " + why);

        StringAssert.Contains(File.ReadAllText(Windows.HostLog), "Did not start: " + why);
    }

    [TestMethod]
    public void SecretThatOthersCanRead_DoctorAndServe_NameTheFileAndTheCure()
    {
        const string Open = @"C:\open-secret";
        string file = Windows.DriveC("open-secret");
        File.WriteAllText(file, new string('s', 64));
        if (!OperatingSystem.IsWindows()) // Wine makes its access list of the mode
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        try
        {
            Windows.RunHost(["doctor", "--secret-file", Open], 1, $"BAD  secret: the secret in {Open} is none: others can read or change it", $"icacls \"{Open}\"");
            Windows.RunHost(["serve", "--secret-file", Open], 1, $"agent-host: the secret in {Open} is none: others can read or change it", "Delete the file, and the host makes another");

            StringAssert.Contains(File.ReadAllText(Windows.HostLog), $"Did not start: the secret in {Open} is none");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void ModelCutShort_DoctorServeAndSession_NameItAndTheSessionGoesOn()
    {
        string weights = Windows.DriveC(Program + "/models/dqn.safetensors");
        byte[] whole = File.ReadAllBytes(weights);
        try
        {
            File.WriteAllBytes(weights, whole[..^100]);

            Windows.Doctor("BAD  models:", "dqn.safetensors", "Sessions that ask for them get 'rate'; repair the installation");
            string said = Windows.Ask(planner: "dqn");

            StringAssert.Contains(said, @"Bridge: the model C:\Program Files\Bridge\models\dqn.safetensors cannot be used for planner 'dqn'");
            StringAssert.Contains(said, "planner 'rate' is used");
            StringAssert.Matches(File.ReadAllText(Windows.HostLog), new(@"dqn\.safetensors.*; sessions get planner rate instead"));
        }
        finally
        {
            File.WriteAllBytes(weights, whole);
        }
    }

    [TestMethod]
    public void ModelsMissing_DoctorAndSession_SayWhatIsUsedInstead()
    {
        string models = Windows.DriveC(Program + "/models"), elsewhere = Windows.DriveC(Program + "/elsewhere");
        Directory.Move(models, elsewhere);
        try
        {
            Windows.Doctor(@"note models: no weights in C:\Program Files\Bridge\models; learned planners need --model NAME=FILE. If the installer put some there, repair the installation");
            string said = Windows.Ask(planner: "dqn");

            StringAssert.Contains(said, "Bridge: planner 'dqn' has no weights here; start the host with --model dqn=FILE; planner 'rate' is used");
        }
        finally
        {
            Directory.Move(elsewhere, models);
        }
    }

    [TestMethod]
    public void PluginMissing_Doctor_SaysWhatSerialEmLacks()
    {
        byte[] dll = File.ReadAllBytes(Windows.DriveC(Dll));
        File.Delete(Windows.DriveC(Dll));
        try
        {
            Windows.Doctor(
                @"BAD  plugin: SerialEM-Bridge-64.dll is not in C:\Program Files\SerialEM\Plugins\, so SerialEM does not know 'Bridge'. Repair the installation, or copy the file there and restart SerialEM.");
        }
        finally
        {
            File.WriteAllBytes(Windows.DriveC(Dll), dll);
        }
    }

    [TestMethod]
    public void FullDisk_Doctor_SaysSo()
    {
        Directory.CreateDirectory(Windows.DataFolder);
        using MountedFolder? disk = MountedFolder.TrySmall(kilobytes: 64, Windows.DataFolder);
        WinePrefix.Require(disk is not null, "a small file system (needs Linux and root)");
        disk!.Fill(Path.Combine(Windows.DataFolder, "filler"));

        Windows.Doctor(@"BAD  data folder: cannot write to C:\users\", "Make room or mend its permissions, or choose another with --data-folder.");
    }

    /// <summary>What the plugin itself says of it is tested with the DLL in Bridge.SerialEM.Tests.</summary>
    [TestMethod]
    [DataRow("98.1.0")]
    [DataRow("0.0.9")]
    public void PluginOfAnotherVersion_Doctor_NamesBothAndWhatToDo(string version)
    {
        byte[] dll = File.ReadAllBytes(Windows.DriveC(Dll));
        try
        {
            File.WriteAllBytes(Windows.DriveC(Dll), WithVersion(dll, Version.Parse(version)));

            Windows.Doctor(
                $@"BAD  plugin: C:\Program Files\SerialEM\Plugins\SerialEM-Bridge-64.dll is version {version}, this program is {InstalledBridge.Version}: close SerialEM, install again, restart SerialEM");
        }
        finally
        {
            File.WriteAllBytes(Windows.DriveC(Dll), dll);
        }
    }

    /// <summary>The DLL with another file version in its version resource (VS_FIXEDFILEINFO: signature, structure's version, then major and minor, build and private part).</summary>
    private static byte[] WithVersion(byte[] dll, Version version)
    {
        byte[] other = [.. dll];
        ReadOnlySpan<byte> head = [0xBD, 0x04, 0xEF, 0xFE, 0, 0, 1, 0];
        int at = other.AsSpan().IndexOf(head);
        Assert.IsGreaterThan(0, at, "the DLL has no version resource");
        BinaryPrimitives.WriteInt32LittleEndian(other.AsSpan(at + 8), version.Major << 16 | version.Minor);
        BinaryPrimitives.WriteInt32LittleEndian(other.AsSpan(at + 12), version.Build << 16);
        return other;
    }
}
