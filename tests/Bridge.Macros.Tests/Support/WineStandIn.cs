using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bridge.Testing;

namespace Bridge.Macros.Tests.Support;

/// <summary>The stand-in for SerialEM under Wine, with the DLL in a Plugins folder; the DLL finds no host and has to start one.</summary>
internal sealed class WineStandIn : IDisposable
{
    public const string HostName = "agent-host.exe";

    private readonly WinePrefix _wine;
    private readonly TempFolder _folder = new();

    public WineStandIn(WinePrefix wine)
    {
        _wine = wine;
        string dll = Built("plugin", "SerialEM-Bridge-64.dll");
        WinePrefix.Require(File.Exists(dll), "the DLL; run install/build-plugin.sh");
        WinePrefix.Require(
            File.Exists(Program) && File.Exists(Built("windows", "Bridge.AgentHost", HostName)), "the programs; run install/publish-windows.sh agent-host/Bridge.AgentHost tests/Bridge.StandIn");
        Directory.CreateDirectory(_folder.File("Plugins"));
        File.Copy(dll, _folder.File("Plugins/SerialEM-Bridge-64.dll"));
    }

    /// <summary>The host's program, as Windows programs see it.</summary>
    public static string HostProgram => WinePrefix.PathOf(Built("windows", "Bridge.AgentHost", HostName));

    /// <summary>For what the test needs, deleted with this.</summary>
    public string Folder => _folder.Path;

    public string PluginLog => File.ReadAllText(_folder.File("data/plugin.log"));

    public string HostLog => File.ReadAllText(_folder.File("data/host.log"));

    private static string Program => Built("windows", "Bridge.StandIn", "serialem-standin.exe");

    /// <summary>Runs a script.</summary>
    public StandInRun Start(string script, params string[] arguments)
    {
        ProcessStartInfo start = _wine.Command(
            Program, ["run", script, "--script", StandInRun.Functions, "--nav", _folder.File("session.nav"), "--plugins", _folder.File("Plugins"), .. arguments]);
        start.Environment["BRIDGE_ENDPOINT"] = $"tcp://127.0.0.1:{FreePort()}";
        start.Environment["BRIDGE_DATA_FOLDER"] = WinePrefix.PathOf(_folder.File("data"));
        start.Environment["BRIDGE_AGENT_HOST"] = HostProgram;
        return new StandInRun(start);
    }

    public void Dispose()
    {
        _wine.Kill(HostName);  // it writes into the folder
        _folder.Dispose();
    }

    private static string Built(params string[] parts) => Path.Combine([SharedData.RepositoryRoot(), ".artifacts", .. parts]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
