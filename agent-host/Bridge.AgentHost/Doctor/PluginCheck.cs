using System.Diagnostics;
using Bridge.AgentHost.Serving;

namespace Bridge.AgentHost.Doctor;

/// <summary>Looks at SerialEM's Plugins folder as SerialEM does when it starts (PluginManager.cpp): the 64-bit program takes every DLL there for a plugin, but for
/// those that end in <c>-32.dll</c>.</summary>
internal static class PluginCheck
{
    /// <summary>The only file of ours that may lie there.</summary>
    public const string FileName = "SerialEM-Bridge-64.dll";

    private const string Check = "plugin";

    /// <param name="folder">The Plugins folder; null if none is known.</param>
    public static IEnumerable<Finding> Run(string? folder)
    {
        if (folder is null)
        {
            yield return new(Check, Health.Note, "SerialEM's Plugins folder is not known, because the installer has not run here; name it with --plugins to have it looked at");
            yield break;
        }
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            yield return new(Check, Health.Bad, $"{FileName} is not in {folder}, so SerialEM does not know 'Bridge'. Repair the installation, or copy the file there and restart SerialEM.");
            yield break;
        }
        foreach (string other in Strays(folder))
            yield return new(Check, Health.Bad, $"{other} lies in the Plugins folder, where SerialEM takes every DLL for a plugin; delete it there");
        yield return Version(path);
    }

    private static Finding Version(string path)
    {
        FileVersionInfo file = FileVersionInfo.GetVersionInfo(path);
        string version = $"{file.FileMajorPart}.{file.FileMinorPart}.{file.FileBuildPart}";
        if (file.FileVersion is null)
            return new(Check, Health.Note, $"{path} is there; its version can only be read on Windows");
        if (version != RequestDispatcher.Version)
            return new(Check, Health.Bad, $"{path} is version {version}, this program is {RequestDispatcher.Version}: close SerialEM, install again, restart SerialEM");
        return IsInUse(path)
            ? new(Check, Health.Ok, $"{path}, version {version}, in use by SerialEM")
            : new(Check, Health.Ok, $"{path}, version {version}; SerialEM loads it when it starts");
    }

    /// <summary>Our own DLLs, copied along by mistake.</summary>
    private static IEnumerable<string> Strays(string folder)
        => Directory.EnumerateFiles(folder, "*.dll").Select(path => Path.GetFileName(path))
            .Where(name => !name.Equals(FileName, StringComparison.OrdinalIgnoreCase) && name.Contains("Bridge", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("-32.dll", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.OrdinalIgnoreCase);

    private static bool IsInUse(string path)
    {
        try
        {
            using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;  // only an administrator may write there: nothing can be said
        }
    }
}
