using System.Globalization;
using System.Text;

namespace Bridge.Client;

/// <summary>
/// A log file: <c>NAME.log</c> in a folder, and one before it, <c>NAME.1.log</c>. Bounded. The lines wait in memory for a thread of the pool: SerialEM
/// stands still during a call, and a disk or a virus scanner may take its time. A log that cannot be written is no reason to disturb a session. Thread-safe.
/// </summary>
/// <param name="folder">Made by the first line if it is not there.</param>
/// <param name="name">Name of the file, without its ending.</param>
public sealed class RolledLog(string folder, string name)
{
    /// <summary>Largest file, in bytes; there are two.</summary>
    public const int MaxBytes = 512 * 1024;

    private const int MaxLine = 2000;

    /// <summary>Most lines that wait for the disk; one more is dropped.</summary>
    private const int MaxWaiting = 1000;

    private readonly object _gate = new();
    private readonly Queue<string> _waiting = new();
    private bool _writing;
    private bool _broken;

    public string Path { get; } = System.IO.Path.Combine(folder, name + ".log");

    public void Write(string line)
    {
        string text = line.Length <= MaxLine ? line : line[..MaxLine];
        text = $"{DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {text.ReplaceLineEndings(" ")}\n";
        lock (_gate)
        {
            if (_broken || _waiting.Count == MaxWaiting)
                return;
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
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _writing = false;
                    Monitor.PulseAll(_gate);
                    return;
                }
                text.Clear();
                while (text.Length < MaxBytes / 8 && _waiting.TryDequeue(out string? line))
                    text.Append(line);
            }
            Append(text.ToString());
        }
    }

    private void Append(string text)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (new FileInfo(Path) is { Exists: true } file && file.Length + text.Length > MaxBytes)
                File.Move(Path, System.IO.Path.Combine(folder, name + ".1.log"), overwrite: true);
            File.AppendAllText(Path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // A full or forbidden disk would cost time again with every line.
            lock (_gate)
            {
                _broken = true;
                _waiting.Clear();
            }
        }
    }
}
