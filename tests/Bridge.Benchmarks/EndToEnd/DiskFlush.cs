using System.Diagnostics;
using Bridge.Benchmarks.Measuring;
using Microsoft.Win32.SafeHandles;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary>What the disk alone takes of every answer: an append of a journal line's size, flushed.</summary>
internal sealed class DiskFlush(string folder) : IDisposable
{
    /// <summary>Bytes of an append, about a suggestion's line.</summary>
    private const int LineBytes = 400;

    private readonly byte[] _line = Enumerable.Repeat((byte)'x', LineBytes).ToArray();
    private readonly SafeFileHandle _file = File.OpenHandle(Path.Combine(folder, "flush.bin"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
    private long _length;

    public void Append(Latency latency)
    {
        long start = Stopwatch.GetTimestamp();
        RandomAccess.Write(_file, _line, _length);
        RandomAccess.FlushToDisk(_file);
        latency.AddSince(start);
        _length += LineBytes;
    }

    public void Dispose() => _file.Dispose();
}
