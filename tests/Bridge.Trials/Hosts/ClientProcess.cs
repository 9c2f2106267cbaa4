using System.Diagnostics;
using System.Globalization;
using Bridge.Client;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Hosts;

/// <summary>A script's session in a process of its own (<c>bridge-trials client</c>), which can be killed or suspended. What it was told it says, line by line.</summary>
internal sealed class ClientProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly ManualResetEventSlim _ended = new();

    public ClientProcess(string endpoint, string dataFolder, string session, string navigator, string? secretFile)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "bridge-trials.dll"), "client", "--endpoint", endpoint, "--data-folder", dataFolder, "--session", session, "--navigator", navigator, "--secret-file", secretFile ?? Installation.NoSecret])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        }) ?? throw new IOException("the client could not be started");
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null)
                _ended.Set();
            else
            {
                lock (_lines)
                    _lines.Add(e.Data);
            }
        };
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int Said
    {
        get
        {
            lock (_lines)
                return _lines.Count;
        }
    }

    /// <summary>Waits until it has said so many lines.</summary>
    /// <exception cref="TrialLossException">It did not in time, or ended before.</exception>
    public void WaitUntilSaid(int lines)
        => Require.Soon(() => Said >= lines || _process.HasExited, Asker.Limit, $"the client said {Said} lines in {Asker.Limit.TotalSeconds:0} s, {lines} were waited for");

    /// <summary>SIGKILL; then all that it said is known.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(10_000);
        _ended.Wait(10_000);
    }

    /// <summary>Items of the lines that begin with a word: <c>visited</c>, <c>reported</c>.</summary>
    public List<int> Items(string word)
    {
        lock (_lines)
            return [.. _lines.Where(line => line.StartsWith(word + " ", StringComparison.Ordinal)).Select(line => int.Parse(line.AsSpan(word.Length + 1), CultureInfo.InvariantCulture))];
    }

    /// <summary>What went wrong in it, if anything did.</summary>
    public string? Failure
    {
        get
        {
            lock (_lines)
                return _lines.Find(line => line.StartsWith("failed", StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _ended.Dispose();
    }
}
