using System.Diagnostics;
using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary>What the disk alone takes of every answer: an append of a journal line's size, flushed.</summary>
internal static class DiskFlush
{
    /// <summary>Bytes of an append, about a suggestion's line.</summary>
    public const int LineBytes = 400;

    public static Latency Measure(string folder, int count)
    {
        var latency = new Latency();
        byte[] line = new byte[LineBytes];
        Array.Fill(line, (byte)'x');
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(
            Path.Combine(folder, "flush.bin"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, FileOptions.DeleteOnClose);
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, line, (long)i * LineBytes);
            RandomAccess.FlushToDisk(file);
            latency.AddSince(start);
        }
        return latency;
    }
}
