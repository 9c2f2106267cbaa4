using System.Diagnostics;
using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary>The real program <c>agent-host serve</c>, on a free port and in a fresh folder, ended and cleared away on disposal.</summary>
internal sealed class HostUnderLoad : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private ChildProcess _process;

    /// <param name="parent">Where the fresh folder is made: the disk that is measured.</param>
    public HostUnderLoad(string parent)
    {
        Folder = Directory.CreateDirectory(Path.Combine(parent, $"bridge-bench-{Path.GetRandomFileName()}")).FullName;
        _process = Start("tcp://127.0.0.1:0");
        try
        {
            Endpoint = ReadEndpoint();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Folder { get; }

    public string Endpoint { get; }

    /// <summary>Ends the process without a word, and starts another on the same folder and port.</summary>
    public void KillAndRestart()
    {
        _process.Dispose();
        File.Delete(Path.Combine(Folder, "endpoint.txt"));
        _process = Start(Endpoint);
        ReadEndpoint();
    }

    public void Dispose()
    {
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private ChildProcess Start(string endpoint)
    {
        ChildProcess process = ChildProcess.Dotnet("agent-host.dll", "serve", "--endpoint", endpoint, "--data-folder", Folder);
        process.Mute();
        return process;
    }

    private string ReadEndpoint()
    {
        string note = Path.Combine(Folder, "endpoint.txt");
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < StartLimit;)
        {
            if (_process.WaitForExit(TimeSpan.FromMilliseconds(20)))
                throw new InvalidOperationException("agent-host ended at once; what it wrote to standard error says why");
            if (File.Exists(note) && File.ReadAllText(note) is { } endpoint && endpoint.EndsWith('\n'))
                return endpoint.Trim();
        }
        throw new TimeoutException($"agent-host did not start within {StartLimit.TotalSeconds:0} s");
    }
}
