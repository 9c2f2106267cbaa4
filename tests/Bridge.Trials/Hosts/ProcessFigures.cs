using System.Globalization;
using System.Runtime.InteropServices;

namespace Bridge.Trials.Hosts;

/// <summary>What one process takes of the computer, read from /proc.</summary>
/// <param name="ResidentMb">Memory, MiB.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="CpuSeconds">Processor time so far, s.</param>
internal sealed record ProcessFigures(double ResidentMb, int Handles, int Threads, double CpuSeconds)
{
    public const int Suspend = 19, Continue = 18, Terminate = 15, Kill = 9;

    private const double TicksPerSecond = 100;  // of /proc/PID/stat: USER_HZ is 100 on every Linux that .NET runs on

    /// <exception cref="IOException">The process is gone.</exception>
    public static ProcessFigures Of(int id)
    {
        string status = File.ReadAllText($"/proc/{id}/status");
        string stat = File.ReadAllText($"/proc/{id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double cpu = (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        return new ProcessFigures(Number(status, "VmRSS:") / 1024.0, Directory.GetFileSystemEntries($"/proc/{id}/fd").Length, (int)Number(status, "Threads:"), cpu);
    }

    /// <exception cref="InvalidOperationException">There is no such process.</exception>
    public static void Signal(int id, int signal)
    {
        if (SendSignal(id, signal) != 0)
            throw new InvalidOperationException($"signal {signal} could not be sent to process {id}");
    }

    private static long Number(string text, string name)
    {
        int start = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return long.Parse(text.AsSpan(start, text.IndexOf('\n', start) - start).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int id, int signal);
}
