using System.Diagnostics;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Bridge.Testing;

/// <summary>Wine with a prefix of the tests' own, in a fresh folder. Whatever was started in it, by whomever, ends with it.</summary>
public sealed class WinePrefix : IDisposable
{
    /// <summary>Making a prefix takes some 15 s.</summary>
    private static readonly TimeSpan MakeLimit = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly string _wine;

    /// <exception cref="AssertInconclusiveException">There is no Wine; a failure where CI=true.</exception>
    public WinePrefix()
    {
        try
        {
            _wine = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "wine")).FirstOrDefault(File.Exists) ?? "";
            Require(OperatingSystem.IsLinux() && _wine.Length > 0, "Linux with wine and wine64");
            // Wine's servers keep what they are started with, so they get none of the test's own streams.
            ProcessStartInfo making = Command("wineboot", "--init");
            var quietly = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" < /dev/null > /dev/null 2>&1", _wine, .. making.ArgumentList]) { UseShellExecute = false };
            foreach ((string name, string? value) in making.Environment)
                quietly.Environment[name] = value;
            quietly.Environment["WINEDLLOVERRIDES"] = "mscoree=;mshtml=";  // else it asks whether to fetch a .NET and a browser of its own
            using Process boot = Process.Start(quietly)!;
            Assert.IsTrue(boot.WaitForExit(MakeLimit), $"wineboot did not end within {MakeLimit}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How a Windows program sees a file of this computer.</summary>
    public static string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Ends the test unless something is there: as failed where CI=true, so that CI cannot lose it unseen, else as inconclusive.</summary>
    public static void Require(bool there, string what)
    {
        if (there)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"not there: {what}");
        Assert.Inconclusive($"not there: {what}");
    }

    /// <summary>A folder or file of the prefix's drive C:, as this computer sees it; with slashes.</summary>
    public string DriveC(string path) => Path.Combine(_folder.Path, "drive_c", path);

    /// <summary>A Windows program to be started in this prefix.</summary>
    /// <param name="arguments">Its arguments; absolute paths become Windows paths.</param>
    public ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(_wine, [program, .. arguments.Select(argument => argument.StartsWith('/') ? PathOf(argument) : argument)]) { UseShellExecute = false };
        start.Environment["WINEPREFIX"] = _folder.Path;
        start.Environment["WINEDEBUG"] = "-all";
        return start;
    }

    /// <summary>Processes of this prefix with a word in their command line, by the ids that Linux knows them by.</summary>
    public int[] Processes(string word = "") => [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => IsOurs(name!, word)).Select(name => int.Parse(name!, null))];

    /// <summary>Ends a program as Windows' own Task Manager does. Killed from outside of Wine, a program may leave its port taken in Wine's own table of addresses.</summary>
    /// <param name="image">Name of its file.</param>
    public void Terminate(string image)
    {
        using Process process = Process.Start(Command("taskkill", "-f", "-im", image))!;
        Assert.IsTrue(process.WaitForExit(EndLimit), $"taskkill did not end within {EndLimit}");
        long began = Stopwatch.GetTimestamp();
        while (Processes(image).Length > 0)
            Assert.IsTrue(Stopwatch.GetElapsedTime(began) < EndLimit, $"{image} does not end");
    }

    /// <summary>Kills processes of this prefix, and waits until they are gone.</summary>
    public void Kill(string word = "")
    {
        long began = Stopwatch.GetTimestamp();
        // Again and again: one of them may just have started another.
        for (int[] left = Processes(word); left.Length > 0; left = Processes(word))
        {
            Assert.IsTrue(Stopwatch.GetElapsedTime(began) < EndLimit, $"processes {string.Join(", ", left)} do not end");
            foreach (int id in left)
                Kill(id);
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            Kill();
        _folder.Dispose();
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(1000);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Every process of a prefix, Wine's own servers too, has inherited the variable that names it.</summary>
    private bool IsOurs(string id, string word)
    {
        if (!id.All(char.IsAsciiDigit))
            return false;
        try
        {
            return Read(id, "environ").Split('\0').Contains($"WINEPREFIX={_folder.Path}") && Read(id, "cmdline").Contains(word, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;  // it has ended, or is another user's
        }
    }

    private static string Read(string id, string file) => Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/{file}"));
}
