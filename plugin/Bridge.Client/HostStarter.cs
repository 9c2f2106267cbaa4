using System.ComponentModel;
using System.Diagnostics;

namespace Bridge.Client;

/// <summary>Starts <c>agent-host serve</c> as a process of its own that outlives this one. Thread-safe.</summary>
/// <param name="program">Path of the program.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="time">The clock.</param>
public sealed class HostStarter(string program, IReadOnlyList<string> arguments, TimeProvider time) : IHostStarter
{
    /// <summary>A host that does not come up is not started again sooner than this.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private long? _lastStart;

    public string? TryStart()
    {
        lock (_gate)
        {
            if (_lastStart is { } last && time.GetElapsedTime(last) < Pause)
                return null;
            _lastStart = time.GetTimestamp();
        }
        try
        {
            return $"started {program} (process {Start()})";
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return $"could not start {program}: {e.Message}";
        }
    }

    private int Start()
    {
        // In this process's folder it would keep that from being deleted.
        string? folder = Path.IsPathFullyQualified(program) ? Path.GetDirectoryName(program) : null;
        if (OperatingSystem.IsWindows())
            return WindowsProcess.Start(program, arguments, folder);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder });
        return process!.Id;
    }
}
