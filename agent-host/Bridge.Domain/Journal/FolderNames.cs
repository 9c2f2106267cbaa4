using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bridge.Domain.Journal;

/// <summary>
/// Puts the names in a folder on the disk, without which a power cut may lose a new file as a whole. .NET can flush a folder but not open
/// one. Windows needs nothing: NTFS keeps a journal of its names, and a file's flush waits for it.
/// </summary>
internal static partial class FolderNames
{
    private const int ReadOnly = 0, CloseOnExec = 0x80000;

    /// <exception cref="IOException">The folder cannot be opened.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using SafeFileHandle names = Open(folder, ReadOnly | CloseOnExec);
        if (names.IsInvalid)
            throw new IOException($"cannot open the folder {folder} to flush its names: {Marshal.GetLastPInvokeErrorMessage()}");
        RandomAccess.FlushToDisk(names);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
