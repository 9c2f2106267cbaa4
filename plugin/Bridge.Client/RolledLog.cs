using System.Globalization;
using System.Text;

namespace Bridge.Client;

/// <summary>
/// A log file: <c>NAME.log</c> in a folder, and one before it, <c>NAME.1.log</c>. Bounded. The lines wait in memory for a thread of the pool: SerialEM
/// stands still during a call, and a disk or a virus scanner may take its time. A log that cannot be written is no reason to disturb a session: its lines
/// are dropped for a while, then it is tried again, and a line says how many are missing. Thread-safe.
/// </summary>
/// <param name="folder">Made by the first line if it is not there.</param>
/// <param name="name">Name of the file, without its ending.</param>
/// <param name="time">The system's clock by default.</param>
public sealed class RolledLog(string folder, string name, TimeProvider? time = null)
{
    /// <summary>Largest file, in bytes; there are two.</summary>
    public const int MaxBytes = 512 * 1024;

    private const int MaxLine = 2000;

    /// <summary>Most lines that wait for the disk; one more is dropped.</summary>
    private const int MaxWaiting = 1000;

    /// <summary>A full or forbidden disk would cost time again with every line, so it is left alone for so long.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly object _gate = new();
    private readonly Queue<string> _waiting = new();
    private bool _writing;
    private long? _brokenSince;
    private string _whyBroken = "";
    private long _lost;

    public string Path { get; } = System.IO.Path.Combine(folder, name + ".log");

    public void Write(string line)
    {
        string text = Stamped(line.Length <= MaxLine ? line : line[..MaxLine]);
        lock (_gate)
        {
            if (_waiting.Count == MaxWaiting || (_brokenSince is { } since && _time.GetElapsedTime(since) < PauseAfterFailure))
            {
                _lost++;
                return;
            }
            _brokenSince = null;
            _waiting.Enqueue(text);
            if (_writing)
                return;
            _writing = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static log => log.WriteWaiting(), this, preferLocal: false);
    }

    /// <summary>Waits, at most so long, until every line so far is in the file.</summary>
    public void Flush(TimeSpan limit)
    {
        lock (_gate)
        {
            while (_writing && Monitor.Wait(_gate, limit))
            {
            }
        }
    }

    private void WriteWaiting()
    {
        var text = new StringBuilder();
        while (true)
        {
            int lines = 0;
            long lost;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _writing = false;
                    Monitor.PulseAll(_gate);
                    return;
                }
                text.Clear();
                lost = _lost;
                if (lost > 0)
                    text.Append(Stamped($"{lost} lines before this one are missing{(_whyBroken.Length > 0 ? $": {_whyBroken}" : ": they came faster than they could be written")}"));
                for (; text.Length < MaxBytes / 8 && _waiting.TryDequeue(out string? line); lines++)
                    text.Append(line);
            }
            string? why = Append(text.ToString());
            lock (_gate)
            {
                if (why is null)
                {
                    _lost -= lost;
                    _whyBroken = "";
                    continue;
                }
                (_brokenSince, _whyBroken) = (_time.GetTimestamp(), why);
                _lost += lines + _waiting.Count;
                _waiting.Clear();
            }
        }
    }

    /// <returns>Why it failed, or null.</returns>
    private string? Append(string text)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (new FileInfo(Path) is { Exists: true } file && file.Length + text.Length > MaxBytes)
                File.Move(Path, System.IO.Path.Combine(folder, name + ".1.log"), overwrite: true);
            File.AppendAllText(Path, text);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return e.Message;
        }
    }

    private string Stamped(string text) => $"{_time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {text.ReplaceLineEndings(" ")}\n";
}
