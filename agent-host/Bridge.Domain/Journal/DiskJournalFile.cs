using Microsoft.Win32.SafeHandles;

namespace Bridge.Domain.Journal;

/// <summary>
/// A journal's file, and beside it a <c>.lock</c> file that is held while the journal is open and then stays, empty: on Linux a file
/// cannot be both locked against other writers and open to readers, and a lock file that is deleted can be locked twice.
/// </summary>
internal sealed class DiskJournalFile : IJournalFile
{
    private readonly SafeFileHandle _lock;
    private readonly SafeFileHandle _file;

    /// <summary>Opens the file; the name of a new one is on the disk then.</summary>
    /// <exception cref="IOException">Another process (or this one) has the journal open; or the file cannot be opened.</exception>
    public DiskJournalFile(string path, FileMode mode)
    {
        try
        {
            _lock = File.OpenHandle(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path + ".lock"))
        {
            throw new IOException($"another program has it open ({e.Message})", e);
        }
        try
        {
            _file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read);
            if (mode == FileMode.CreateNew)
                FolderNames.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            _file?.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_file, bytes, position);

    public void FlushToDisk() => RandomAccess.FlushToDisk(_file);

    public void Truncate(long length) => RandomAccess.SetLength(_file, length);

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }
}
