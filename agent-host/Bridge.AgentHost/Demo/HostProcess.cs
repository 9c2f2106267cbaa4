using System.Diagnostics;
using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.AgentHost.Demo;

/// <summary>An agent host in a process of its own, on a free port and in a fresh folder, ended and cleared away on disposal.</summary>
public sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _folder;

    private HostProcess(Process process, string folder, string endpoint)
    {
        (_process, _folder, Endpoint) = (process, folder, endpoint);
    }

    public string Endpoint { get; }

    /// <summary>Settings for clients of it, its secret included.</summary>
    public BridgeClientOptions Client => new() { Endpoint = Endpoint, SecretFile = Installation.SecretFileIn(_folder) };

    /// <summary>Folder with the journals of its sessions, gone after disposal.</summary>
    public string SessionsFolder => Path.Combine(_folder, "sessions");

    /// <exception cref="ContractException">It did not come up.</exception>
    public static HostProcess Start()
    {
        string folder = Directory.CreateTempSubdirectory("bridge-demo-").FullName;
        ProcessStartInfo start = Command("serve", "--endpoint", "tcp://127.0.0.1:0", "--data-folder", folder);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process process = Process.Start(start) ?? throw new ContractException(FaultCode.HostUnreachable, "the host could not be started");
        var said = new List<string>();
        process.OutputDataReceived += (_, e) => Add(said, e.Data);
        process.ErrorDataReceived += (_, e) => Add(said, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        string note = Path.Combine(folder, "endpoint.txt");
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < StartTimeout && !process.WaitForExit(TimeSpan.FromMilliseconds(20)))
        {
            if (File.Exists(note) && File.ReadAllText(note) is { Length: > 0 } endpoint && endpoint.EndsWith('\n'))
                return new HostProcess(process, folder, endpoint.Trim());
        }
        End(process, folder);
        lock (said)
            throw new ContractException(FaultCode.HostUnreachable, $"the host did not start: {string.Join(" ", said)}");
    }

    public void Dispose() => End(_process, _folder);

    /// <summary>This program once more, with other arguments.</summary>
    private static ProcessStartInfo Command(params string[] arguments)
    {
        (string program, string[] self) = ThisProgram.Command;
        return new ProcessStartInfo(program, [.. self, .. arguments]) { UseShellExecute = false, CreateNoWindow = true };
    }

    private static void Add(List<string> said, string? line)
    {
        lock (said)
        {
            if (line is not null && said.Count < 100)
                said.Add(line);
        }
    }

    private static void End(Process process, string folder)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(5));
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
