using System.Diagnostics;
using Bridge.Testing;

namespace Bridge.Install.Tests.Support;

/// <summary>A package's tables, read and changed with Debian's msitools.</summary>
internal static class PackageTables
{
    /// <summary>The rows of a table, without its three lines of head.</summary>
    public static string[][] Read(string package, string table)
        => [.. Run("msiinfo", "export", package, table).Split('\n').Skip(3).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Select(line => line.Split('\t'))];

    /// <summary>Changes a package in place.</summary>
    /// <param name="query">In Windows Installer's SQL.</param>
    public static void Change(string package, string query) => Run("msibuild", package, "-q", query);

    private static string Run(string program, params string[] arguments)
    {
        WinePrefix.Require(File.Exists("/usr/bin/" + program), $"{program}; apt-get install msitools");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/" + program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(30_000) && process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }
}
