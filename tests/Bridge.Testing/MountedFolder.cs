using System.Diagnostics;

namespace Bridge.Testing;

/// <summary>A folder that does what folders of a fresh computer do not: it is full soon, or cannot be written. Needs root on Linux; ends with the test.</summary>
public sealed class MountedFolder : IDisposable
{
    private readonly bool _own;

    private MountedFolder(string path, bool own) => (Path, _own) = (path, own);

    public string Path { get; }

    /// <summary>A file system of a few kilobytes.</summary>
    /// <param name="at">An empty folder to put it on; null makes one.</param>
    /// <returns>Null where it cannot be mounted.</returns>
    public static MountedFolder? TrySmall(int kilobytes, string? at = null)
        => TryMount(at, path => Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path));

    /// <summary>A folder with all that is in it as it is, but nobody, root neither, can write there: what a user without rights finds in Program Files.</summary>
    /// <returns>Null where it cannot be mounted.</returns>
    public static MountedFolder? TryReadOnly(string path)
        => TryMount(path, BindReadOnly);

    /// <summary>Writes a file until nothing more fits.</summary>
    public void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full: that was the aim.
        }
    }

    /// <summary>Takes the right to write away from everybody, root included, or gives it back. No file may be open for writing. For what <see cref="TrySmall"/> made.</summary>
    /// <returns>False where that is not possible.</returns>
    public bool TrySetReadOnly(bool readOnly) => Run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Path);

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        if (_own)
            Directory.Delete(Path);
    }

    private static MountedFolder? TryMount(string? at, Func<string, bool> mount)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return null;
        string path = at ?? Directory.CreateTempSubdirectory("bridge-disk-").FullName;
        if (mount(path))
            return new MountedFolder(path, at is null);
        if (at is null)
            Directory.Delete(path);
        return null;
    }

    private static bool BindReadOnly(string path)
    {
        if (!Run("mount", "--bind", path, path))
            return false;
        if (Run("mount", "-o", "remount,ro,bind", path))
            return true;
        Run("umount", "--lazy", path);
        return false;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        return process.WaitForExit(10_000) && process.ExitCode == 0;
    }
}
