using System.Globalization;
using System.Runtime.InteropServices;

namespace Bridge.Benchmarks.Measuring;

/// <summary>What the figures were taken on: a figure without it means nothing.</summary>
internal static class Machine
{
    public static string Describe()
        => $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>A warning if others use the machine, else null. Only Linux tells.</summary>
    public static string? Busy()
    {
        const string LoadFile = "/proc/loadavg";
        if (!File.Exists(LoadFile))
            return null;
        double load = double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture);
        return load <= 0.5 * Environment.ProcessorCount ? null : string.Create(CultureInfo.InvariantCulture,
            $"Others use this machine: load {load:0.0} on {Environment.ProcessorCount} cores. p99 and worst show them rather than Bridge; publish figures of a quiet machine.");
    }

    private static string Processor()
    {
        const string CpuFile = "/proc/cpuinfo";
        string? line = File.Exists(CpuFile) ? File.ReadLines(CpuFile).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
