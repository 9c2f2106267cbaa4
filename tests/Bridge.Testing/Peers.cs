using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Bridge.Testing;

/// <summary>Finds the programs of others that tests talk to.</summary>
public static class Peers
{
    private const int ProbeMs = 20_000;

    /// <summary>
    /// A Python that can import a module. Without one the test is inconclusive, or failed where CI=true, so that CI cannot lose it unseen.
    /// </summary>
    public static string Python(string module)
    {
        string[] candidates = OperatingSystem.IsWindows() ? ["python", "python3"] : ["/usr/bin/python3", "python3"];
        string? found = Array.Find(candidates, c => CanImport(c, module));
        if (found is not null)
        {
            return found;
        }
        string reason = $"No Python with the module {module} was found (tried {string.Join(", ", candidates)}).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }
        Assert.Inconclusive(reason);
        throw new UnreachableException();
    }

    private static bool CanImport(string python, string module)
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo(python, ["-c", $"import {module}"])
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            return probe.WaitForExit(ProbeMs) && probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;   // there is no such program
        }
    }
}
