using System.Globalization;

namespace Bridge.SerialEM;

/// <summary>
/// The plugin's own log: <c>plugin.log</c> in the data folder, and one before it. Bounded, and written only when something happens that is
/// worth a line, never for each call. A log that cannot be written is no reason to disturb a session.
/// </summary>
internal sealed class PluginLog(string folder)
{
    /// <summary>Largest file, in bytes; there are two.</summary>
    internal const int MaxBytes = 512 * 1024;

    private const int MaxLine = 2000;

    private readonly Lock _gate = new();
    private bool _broken;

    public string Path { get; } = System.IO.Path.Combine(folder, "plugin.log");

    public void Write(string line)
    {
        lock (_gate)
        {
            if (_broken)
                return;
            try
            {
                Directory.CreateDirectory(folder);
                if (new FileInfo(Path) is { Exists: true, Length: > MaxBytes })
                    File.Move(Path, System.IO.Path.Combine(folder, "plugin.1.log"), overwrite: true);
                string text = line.Length <= MaxLine ? line : line[..MaxLine];
                File.AppendAllText(Path, $"{DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {text.ReplaceLineEndings(" ")}\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                // A full or forbidden disk would cost time again with every line.
                _broken = true;
            }
        }
    }
}
