using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bridge.Testing;

namespace Bridge.Install.Tests.Support;

/// <summary>A Windows of the test's own, under Wine, that the installer is tried on. Started programs get none of Bridge's variables: they must find each other as installed.</summary>
internal sealed class InstalledBridge : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly WinePrefix _wine = new();
    private readonly TempFolder _folder = new();

    /// <summary>Version of the project, and that of the package for an upgrade.</summary>
    public static string Version { get; } = typeof(InstallActions.RunningPrograms).Assembly.GetName().Version!.ToString(3);

    public const string Higher = "99.0.0";

    /// <summary>A port that was free a moment ago.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The user's own data.</summary>
    public string DataFolder => DriveC($"users/{Environment.UserName}/AppData/Local/Bridge");

    public string DriveC(string path) => _wine.DriveC(path);

    /// <exception cref="AssertInconclusiveException">The package has not been built; a failure where CI=true.</exception>
    public static string Package(string version)
    {
        string path = Path.Combine(SharedData.RepositoryRoot(), ".artifacts", "msi", $"bridge-{version}.msi");
        WinePrefix.Require(File.Exists(path), version == Higher
            ? $"{path}; run install/build-msi.sh, and after it install/build-msi.sh --version {Higher} --packed-only"
            : $"{path}; run install/build-msi.sh");
        return path;
    }

    /// <summary>Runs Windows Installer silently.</summary>
    /// <param name="arguments">With dashes, because what begins with a slash is taken for a path of this computer.</param>
    /// <returns>The last 8 bits of its exit code, 0 for success, and its log.</returns>
    public (int Code, string Log) Msiexec(params string[] arguments)
    {
        string log = _folder.File("msi.log");
        File.Delete(log);
        (int code, string output) = Run("msiexec", [.. arguments, "-qn", "-l*v", log]);
        return (code, output + (File.Exists(log) ? File.ReadAllText(log) : ""));
    }

    /// <summary>Installs a version with parameters; asserts that it worked.</summary>
    public void Install(string version, params string[] parameters)
    {
        (int code, string log) = Msiexec(["-i", Package(version), .. parameters]);
        Assert.AreEqual(0, code, log);
    }

    /// <summary>Runs a Windows program to its end.</summary>
    /// <param name="program">Its path on drive C:, with slashes, or the name of one of Windows' own.</param>
    public (int Code, string Output) Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.IsTrue(process.WaitForExit(Limit), $"{program} did not end within {Limit}");
        // What it started may outlive it, but gets none of its handles.
        Assert.IsTrue(output.Wait(Limit), $"{program} ended, and something keeps its output open");
        return (process.ExitCode, output.Result);
    }

    public Process Start(string program, params string[] arguments) => Launch(program.Contains('/') ? DriveC(program) : program, arguments);

    /// <summary>The stand-in for SerialEM, which loads the plugin from a folder of drive C: and runs an installed macro on a simulated grid.</summary>
    /// <param name="minutes">What the user writes into a copy of the macro for the time at hand.</param>
    public Process Collect(string plugins, string macros, int minutes)
    {
        string program = Path.Combine(SharedData.RepositoryRoot(), ".artifacts", "windows", "Bridge.StandIn", "serialem-standin.exe");
        WinePrefix.Require(File.Exists(program), $"{program}; run install/publish-windows.sh tests/Bridge.StandIn");
        string macro = File.ReadAllText(DriveC(macros + "/serialem/Bridge_Collect.txt"));
        string edited = Regex.Replace(macro, @"^bridgePlan = \S+", $"bridgePlan = {minutes}", RegexOptions.Multiline);
        Assert.AreNotEqual(macro, edited, "the macro has no input bridgePlan");
        File.WriteAllText(_folder.File("Bridge_Collect.txt"), edited);
        return Launch(program, [
            "run", _folder.File("Bridge_Collect.txt"), "--script", DriveC(macros + "/serialem/Bridge_Functions.txt"), "--nav", _folder.File("session.nav"),
            "--plugins", DriveC(plugins), "--simulated", "7", "--limit-minutes", "4000"]);
    }

    /// <summary>A value below <c>HKEY_LOCAL_MACHINE</c>, or null. Only for values in ASCII: Wine's <c>reg</c> writes nothing else right.</summary>
    public string? Registry(string key, string name)
    {
        Match value = Regex.Match(Run("reg", "query", @"HKLM\" + key, "-v", name).Output, $@"^\s+{name}\s+REG_SZ\s+(.*?)\s*$", RegexOptions.Multiline);
        return value.Success ? value.Groups[1].Value : null;
    }

    /// <summary>All files of a folder of drive C:, with their times, in order; empty if it is not there.</summary>
    public string[] Files(string folder)
        => Directory.Exists(DriveC(folder))
            ? [.. Directory.EnumerateFiles(DriveC(folder), "*", SearchOption.AllDirectories).Select(path => $"{Path.GetRelativePath(DriveC(folder), path)} {File.GetLastWriteTimeUtc(path):O}").Order(StringComparer.Ordinal)]
            : [];

    public int[] Hosts => _wine.Processes("agent-host.exe");

    public void EndHosts() => _wine.Terminate("agent-host.exe");

    public void Dispose()
    {
        _wine.Dispose();
        _folder.Dispose();
    }

    private Process Launch(string program, params string[] arguments)
    {
        ProcessStartInfo start = _wine.Command(program, arguments);
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("BRIDGE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
