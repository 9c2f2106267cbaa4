using System.Diagnostics;

namespace Bridge.Testing;

/// <summary>A file system of a few kilobytes, to be filled.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <returns>Null where it cannot be mounted.</returns>
    /// <param name="path">An empty folder, the caller's; null makes one.</param>
    public static SmallDisk? TryMount(int kilobytes, string? path = null)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return null;
        path ??= Directory.CreateTempSubdirectory("bridge-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path))
            return new SmallDisk(path);
        Directory.Delete(path);
        return null;
    }

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

    /// <summary>Takes the right to write away from everybody, root included, or gives it back. No file may be open for writing.</summary>
    /// <returns>False where that is not possible.</returns>
    public bool TrySetReadOnly(bool readOnly) => Run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Path);

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        return process.WaitForExit(10_000) && process.ExitCode == 0;
    }
}
