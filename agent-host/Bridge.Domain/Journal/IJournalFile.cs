namespace Bridge.Domain.Journal;

/// <summary>What a journal needs of its file; a test puts one in its place that fails as a full disk does.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Writes all bytes at a position, in one call of the system where it allows that.</summary>
    void Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>Returns when everything written is on the disk, not in a cache.</summary>
    void FlushToDisk();

    void Truncate(long length);
}
