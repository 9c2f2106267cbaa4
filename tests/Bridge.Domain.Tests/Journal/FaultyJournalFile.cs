using Bridge.Domain.Journal;

namespace Bridge.Domain.Tests.Journal;

/// <summary>A journal file in memory that fails on demand, as a full or pulled disk does.</summary>
internal sealed class FaultyJournalFile : IJournalFile
{
    private readonly MemoryStream _bytes = new();

    /// <summary>The next write keeps this many bytes and then fails; -1 writes all.</summary>
    public int FailWriteAfter { get; set; } = -1;

    public bool FailFlush { get; set; }

    public bool FailTruncate { get; set; }

    public int Writes { get; private set; }

    public int Flushes { get; private set; }

    public byte[] Content => _bytes.ToArray();

    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        Writes++;
        _bytes.Position = position;
        _bytes.Write(FailWriteAfter < 0 ? bytes : bytes[..FailWriteAfter]);
        if (FailWriteAfter >= 0)
            throw new IOException("No space left on device");
    }

    public void FlushToDisk()
    {
        Flushes++;
        if (FailFlush)
            throw new IOException("Input/output error");
    }

    public void Truncate(long length)
    {
        if (FailTruncate)
            throw new IOException("Input/output error");
        _bytes.SetLength(length);
    }

    public void Dispose() => _bytes.Dispose();
}
