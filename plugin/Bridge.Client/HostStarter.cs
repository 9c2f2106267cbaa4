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
            var start = new ProcessStartInfo(program) { UseShellExecute = false, CreateNoWindow = true };
            foreach (string argument in arguments)
                start.ArgumentList.Add(argument);
            using Process? process = Process.Start(start);
            return $"started {program} (process {process?.Id})";
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return $"could not start {program}: {e.Message}";
        }
    }
}
