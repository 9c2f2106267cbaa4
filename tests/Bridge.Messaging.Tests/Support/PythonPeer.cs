using System.Diagnostics;
using Bridge.Testing;

namespace Bridge.Messaging.Tests.Support;

/// <summary>A libzmq peer in a process of its own (peers/zmq_peer.py); ended, at the latest, by Dispose.</summary>
internal sealed class PythonPeer : IDisposable
{
    private static readonly Lazy<string> Python = new(() => Peers.Python("zmq"));
    private readonly Process _process;

    private PythonPeer(Process process) => _process = process;

    /// <summary>The port the peer bound; 0 where it connects.</summary>
    public int Port { get; private init; }

    public int Id => _process.Id;

    public static PythonPeer Start(string type, string how, string endpoint, string task, params string[] options)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "peers", "zmq_peer.py");
        Process process = Process.Start(new ProcessStartInfo(Python.Value, [script, type, how, endpoint, task, .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string ready = ReadLine(process, TimeSpan.FromSeconds(20));
        Assert.StartsWith("ready", ready);
        return new PythonPeer(process) { Port = how == "bind" ? int.Parse(ready.Split(' ')[1]) : 0 };
    }

    /// <summary>The next line it prints; fails the test when none comes in time.</summary>
    public string ReadLine(int seconds = 30) => ReadLine(_process, TimeSpan.FromSeconds(seconds));

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: the process is there and does nothing.</summary>
    public void Freeze() => Process.Start("kill", ["-STOP", Id.ToString()]).WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }
        _process.Dispose();
    }

    private static string ReadLine(Process process, TimeSpan limit)
    {
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(limit))
        {
            process.Kill();
            Assert.Fail($"The Python peer said nothing for {limit}.");
        }
        return line.Result ?? throw new AssertFailedException($"The Python peer ended (exit code {(process.HasExited ? process.ExitCode : -1)}).");
    }
}
