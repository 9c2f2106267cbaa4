using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Bridge.Testing;

/// <summary>
/// The real program <c>agent-host serve</c> on a port and a folder of its own. It can be killed and started again. The test project
/// references Bridge.AgentHost, which puts the program beside the tests.
/// </summary>
public sealed class HostUnderTest : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string[] _moreArguments;
    private readonly List<string> _output = [];
    private Process _process;

    /// <param name="folder">The data folder; made if need be, and the caller's to delete.</param>
    /// <param name="moreArguments">Arguments of <c>serve</c> beside endpoint and folder.</param>
    public HostUnderTest(string folder, params string[] moreArguments)
    {
        // Most tests are of other things than the secret, and do without.
        (_folder, _moreArguments) = (folder, moreArguments.Contains("--secret-file") ? moreArguments : ["--secret-file", "none", .. moreArguments]);
        Directory.CreateDirectory(folder);
        Endpoint = $"tcp://127.0.0.1:{FreePort()}";
        _process = Start();
    }

    public string Endpoint { get; }

    /// <summary>Resident memory of the process, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The first lines of what it wrote to its console.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>SIGKILL: no farewell, no flush.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(10_000);
    }

    /// <summary>SIGTERM on Linux: it may finish what it is at. Elsewhere as <see cref="Kill"/>.</summary>
    public void Stop()
    {
        if (!OperatingSystem.IsLinux())
        {
            Kill();
            return;
        }
        using Process signal = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        Assert.IsTrue(signal.WaitForExit(10_000) && _process.WaitForExit(30_000), "the host does not stop when it is asked to");
    }

    public void Restart()
    {
        _process.Dispose();
        _process = Start();
    }

    /// <summary>Journals of sessions, open and closed.</summary>
    public string[] Journals() => [.. Directory.GetFiles(Path.Combine(_folder, "sessions"), "*.jsonl").Order()];

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(10_000);
        _process.Dispose();
    }

    /// <summary>Runs <c>agent-host</c> with other arguments to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Process.Start(Command(arguments))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(120_000))
        {
            process.Kill();
            Assert.Fail($"agent-host {string.Join(' ', arguments)} did not end within two minutes");
        }
        return (process.ExitCode, output.Result, error.Result);
    }

    private static ProcessStartInfo Command(params string[] arguments)
        => new("dotnet", [Path.Combine(AppContext.BaseDirectory, "agent-host.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

    private Process Start()
    {
        lock (_output)
            _output.Clear();
        Process process = Process.Start(Command(["serve", "--endpoint", Endpoint, "--data-folder", _folder, .. _moreArguments]))!;
        process.OutputDataReceived += (_, e) => Say(e.Data);
        process.ErrorDataReceived += (_, e) => Say(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        long began = Stopwatch.GetTimestamp();
        while (!Output.Contains("Listening on", StringComparison.Ordinal))
        {
            if (process.WaitForExit(5) || Stopwatch.GetElapsedTime(began) > StartLimit)
                Assert.Fail($"the host did not start: {Output}");
        }
        return process;
    }

    private void Say(string? line)
    {
        lock (_output)
        {
            if (line is not null && _output.Count < 1000)
                _output.Add(line);  // the first ones say how it started
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
