using System.ComponentModel;
using System.Diagnostics;

namespace Bridge.InstallActions;

/// <summary>Programs that hold the files which are about to be replaced or removed.</summary>
public static class RunningPrograms
{
    private const string HostName = "agent-host";
    private const string PluginFile = "SerialEM-Bridge-64.dll";

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Ends the agent hosts that run from the program folders: a host may be killed at any moment without losing anything, and the plugin starts the new one
    /// when it needs it. SerialEM is nobody's to end: that it runs is said.</summary>
    /// <param name="programFolders">Folders of <c>agent-host.exe</c>, that of now and that of before; empty ones are passed over.</param>
    /// <param name="pluginFolders">SerialEM's Plugins folders, likewise.</param>
    /// <returns>What is in the way and what to do, or null if nothing is.</returns>
    public static string? MakeRoom(IReadOnlyList<string> programFolders, IReadOnlyList<string> pluginFolders)
    {
        foreach (string program in Existing(programFolders, HostName + ".exe"))
        {
            EndAll(program);
            if (IsHeld(program))
                return $"Bridge's agent host is running for another user, from {program}. Have that user log off, or end agent-host.exe in the Task Manager, and install again. Nothing was changed.";
        }
        foreach (string plugin in Existing(pluginFolders, PluginFile))
        {
            if (IsHeld(plugin))
                return $"SerialEM is running and holds {plugin}. Close SerialEM and install again. Nothing was changed.";
        }
        return null;
    }

    private static IEnumerable<string> Existing(IEnumerable<string> folders, string file)
        => folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, file)).Distinct(StringComparer.OrdinalIgnoreCase).Where(File.Exists);

    private static void EndAll(string program)
    {
        foreach (Process process in Process.GetProcessesByName(HostName))
        {
            using (process)
            {
                try
                {
                    if (!string.Equals(process.MainModule?.FileName, program, StringComparison.OrdinalIgnoreCase))
                        continue;
                    process.Kill();
                    process.WaitForExit(EndLimit);
                }
                catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException)
                {
                    // It has ended, or is another user's: whether the file is free is looked at next.
                }
            }
        }
    }

    /// <summary>Could the file be replaced now?</summary>
    private static bool IsHeld(string path)
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
            return false;  // Windows Installer itself has more rights than this
        }
    }
}
