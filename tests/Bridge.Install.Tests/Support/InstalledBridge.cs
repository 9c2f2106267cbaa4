using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bridge.Testing;

namespace Bridge.Install.Tests.Support;

/// <summary>
/// A Windows under Wine that the installer is tried on, as nobody has installed Bridge on it before: what a test installs and leaves behind is removed after it. One Windows
/// for all tests, because making one takes 15 s. Started programs get none of Bridge's variables: they must find each other as installed.
/// </summary>
internal sealed class InstalledBridge : IDisposable
{
    public const string Higher = "99.0.0";

    /// <summary>Where things go unless the parameters say otherwise, on drive C:.</summary>
    public const string Program = "Program Files/Bridge", Plugins = "Program Files/SerialEM/Plugins";

    private const string StandIn = "serialem-standin.exe";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static WinePrefix? s_wine;

    private readonly WinePrefix _wine;
    private readonly TempFolder _folder = new();
    private string? _installed;

    public InstalledBridge() => _wine = s_wine ??= new WinePrefix();

    /// <summary>Version of the project, and that of the package for an upgrade.</summary>
    public static string Version { get; } = typeof(InstallActions.RunningPrograms).Assembly.GetName().Version!.ToString(3);

    /// <summary>A port that was free a moment ago.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The user's own data.</summary>
    public string DataFolder => DriveC($"users/{Environment.UserName}/AppData/Local/Bridge");

    public string HostLog => Path.Combine(DataFolder, "host.log");

    public string PluginLog => Path.Combine(DataFolder, "plugin.log");

    public int[] Hosts => _wine.Processes("agent-host.exe");

    public static void EndWindows() => s_wine?.Dispose();

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
        _installed = version;  // even half of it is to be removed
        (int code, string log) = Msiexec(["-i", Package(version), .. parameters]);
        Assert.AreEqual(0, code, log);
    }

    /// <summary>Removes what is installed; asserts that it worked.</summary>
    public void Remove()
    {
        (int code, string log) = Msiexec("-x", Package(_installed!));
        _installed = null;
        Assert.AreEqual(0, code, log);
    }

    /// <summary>Runs a Windows program to its end.</summary>
    /// <param name="program">Its path on drive C:, with slashes, or the name of one of Windows' own.</param>
    /// <returns>Its exit code and what it said, errors last.</returns>
    public (int Code, string Output) Run(string program, params string[] arguments)
    {
        string errors = _folder.File(Path.GetRandomFileName());
        using Process process = Process.Start(WithErrorsIn(errors, Command(program.Contains('/') ? DriveC(program) : program, arguments)))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.IsTrue(process.WaitForExit(Limit), $"{program} did not end within {Limit}");
        // What it started may outlive it, but gets none of its handles.
        Assert.IsTrue(output.Wait(Limit), $"{program} ended, and something keeps its output open");
        return (process.ExitCode, output.Result + File.ReadAllText(errors));
    }

    /// <summary>Runs <c>agent-host</c> to its end and asserts exit code and words.</summary>
    public void RunHost(string[] arguments, int expected, params string[] words)
    {
        (int code, string said) = Run(Program + "/agent-host.exe", arguments);
        foreach (string word in words)
            StringAssert.Contains(said, word);
        Assert.AreEqual(expected, code, said);
    }

    /// <summary>Asserts what <c>agent-host doctor</c> finds: exit code 1 if a line begins with BAD, else 0.</summary>
    public void Doctor(params string[] words) => RunHost(["doctor"], words.Any(word => word.StartsWith("BAD", StringComparison.Ordinal)) ? 1 : 0, words);

    /// <summary>Runs the installed macro that collects, in the stand-in for SerialEM.</summary>
    /// <param name="minutes">What the user writes into a copy of the macro for the time at hand.</param>
    public Process Collect(string plugins, string macros, int minutes)
    {
        string macro = File.ReadAllText(DriveC(macros + "/serialem/Bridge_Collect.txt"));
        string edited = Regex.Replace(macro, @"^bridgePlan = \S+", $"bridgePlan = {minutes}", RegexOptions.Multiline);
        Assert.AreNotEqual(macro, edited, "the macro has no input bridgePlan");
        return SerialEm(plugins, macros, edited);
    }

    /// <summary>Opens a session, lets the plugin say what it finds odd and who it is, and closes it.</summary>
    /// <returns>SerialEM's log.</returns>
    public string Ask(string planner = "-")
    {
        using Process asking = SerialEm(Plugins, Program + "/macros", $"""
            ScriptName Ask
            Plugin Bridge SetPlanner {planner}
            CallFunction Bridge_Functions::BridgeOpen 60 900 3
            CallFunction Bridge_Functions::BridgeExplain session
            CallFunction Bridge_Functions::BridgeExplain warnings
            CallFunction Bridge_Functions::BridgeExplain version
            CallFunction Bridge_Functions::BridgeClose
            """);
        return asking.StandardOutput.ReadToEnd();
    }

    /// <summary>The texts below a key of <c>HKEY_LOCAL_MACHINE</c>; none if it is not there. Only for values in ASCII: Wine's <c>reg</c> writes nothing else right.</summary>
    public Dictionary<string, string> Registry(string key)
        => Regex.Matches(Run("reg", "query", @"HKLM\" + key).Output, @"^\s+(\S+)\s+REG_SZ\s+(.*?)\s*$", RegexOptions.Multiline).ToDictionary(value => value.Groups[1].Value, value => value.Groups[2].Value);

    /// <summary>All files of a folder of drive C:, with their times, in order; empty if it is not there.</summary>
    public string[] Files(string folder)
        => Directory.Exists(DriveC(folder))
            ? [.. Directory.EnumerateFiles(DriveC(folder), "*", SearchOption.AllDirectories).Select(path => $"{Path.GetRelativePath(DriveC(folder), path)} {File.GetLastWriteTimeUtc(path):O}").Order(StringComparer.Ordinal)]
            : [];

    public void EndHosts() => _wine.Terminate("agent-host.exe");

    public void Dispose()
    {
        try
        {
            _wine.Kill(StandIn);  // a test that failed may have left it
            if (Hosts.Length > 0)
                EndHosts();
            if (_installed is not null)
                Remove();
            if (Directory.Exists(DataFolder))
                Directory.Delete(DataFolder, recursive: true);
        }
        finally
        {
            _folder.Dispose();
        }
    }

    /// <summary>The stand-in for SerialEM, which loads the plugin from a folder of drive C: and runs a script on a simulated grid.</summary>
    private Process SerialEm(string plugins, string macros, string script)
    {
        string program = Path.Combine(SharedData.RepositoryRoot(), ".artifacts", "windows", "Bridge.StandIn", StandIn);
        WinePrefix.Require(File.Exists(program), $"{program}; run install/publish-windows.sh tests/Bridge.StandIn");
        File.WriteAllText(_folder.File("script.txt"), script);
        return Process.Start(Command(program, [
            "run", _folder.File("script.txt"), "--script", DriveC(macros + "/serialem/Bridge_Functions.txt"), "--nav", _folder.File("session.nav"),
            "--plugins", DriveC(plugins), "--simulated", "7", "--limit-minutes", "4000"]))!;
    }

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        ProcessStartInfo start = _wine.Command(program, arguments);
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("BRIDGE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.RedirectStandardOutput = true;
        return start;
    }

    /// <summary>The same with its errors in a file: Wine's servers keep that stream of whoever happens to start them, so nobody can wait for its end.</summary>
    private static ProcessStartInfo WithErrorsIn(string file, ProcessStartInfo start)
    {
        var wrapped = new ProcessStartInfo("/bin/sh", ["-c", "file=$1; shift; exec \"$0\" \"$@\" 2> \"$file\"", start.FileName, file, .. start.ArgumentList])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        wrapped.Environment.Clear();
        foreach ((string name, string? value) in start.Environment)
            wrapped.Environment[name] = value;
        return wrapped;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
