using Bridge.Client;

namespace Bridge.SerialEM;

/// <summary>Finds the program <c>agent-host</c>.</summary>
internal static class HostProgram
{
    private const string None = "none";

    /// <summary>Something that starts the host, or null if none is to be started or none is found.</summary>
    /// <param name="chosen">The program's path, <c>none</c>, or null to look for it.</param>
    /// <param name="arguments">Arguments of <c>agent-host serve</c>.</param>
    public static IHostStarter? Starter(string? chosen, IReadOnlyList<string> arguments)
    {
        if (chosen == None)
            return null;
        string? program = chosen ?? UsualPlaces().FirstOrDefault(File.Exists);
        return program is null ? null : new HostStarter(program, ["serve", .. arguments], TimeProvider.System);
    }

    /// <summary>Where the program is looked for, the best place first. Beside the DLL it has a folder of its own, because SerialEM takes
    /// every DLL in the Plugins folder for a plugin.</summary>
    internal static IEnumerable<string> UsualPlaces()
    {
        string file = OperatingSystem.IsWindows() ? "agent-host.exe" : "agent-host";
        string own = OwnFolder.Path;
        yield return Path.Combine(own, "Bridge", file);
        yield return Path.Combine(own, file);
        if (Installation.ProgramFolder is { } installed)
            yield return Path.Combine(installed, file);
        foreach (Environment.SpecialFolder folder in (Environment.SpecialFolder[])[Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolder.ProgramFiles])
        {
            string root = Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
            if (root.Length == 0)
                continue;
            yield return folder == Environment.SpecialFolder.ProgramFiles ? Path.Combine(root, "Bridge", file) : Path.Combine(root, "Programs", "Bridge", file);
        }
    }
}
