using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Bridge.Testing;

namespace Bridge.Macros.Tests.Support;

/// <summary>The program serialem-standin at work on the macros, with Bridge's functions built in and a host of the test's own.</summary>
internal sealed partial class StandInRun : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _error;

    /// <param name="host">Where the host listens; null if none is needed.</param>
    /// <param name="dataFolder">Of the host and the plugin.</param>
    public StandInRun(string? host, string dataFolder, params string[] arguments)
        : this(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "serialem-standin.dll"), .. arguments])
        {
            UseShellExecute = false,
            Environment = { ["BRIDGE_ENDPOINT"] = host ?? "tcp://127.0.0.1:1", ["BRIDGE_DATA_FOLDER"] = dataFolder, ["BRIDGE_AGENT_HOST"] = "none", ["BRIDGE_SECRET_FILE"] = "none" },
        })
    {
    }

    /// <param name="start">The program with its arguments and variables.</param>
    public StandInRun(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The folder macros/serialem.</summary>
    public static string Macros => Path.Combine(SharedData.RepositoryRoot(), "macros", "serialem");

    public static string Functions => Macro("Bridge_Functions");

    public static string Macro(string name) => Path.Combine(Macros, name + ".txt");

    /// <summary>A copy of a macro with other inputs, as a user would edit them.</summary>
    public static string Edited(string folder, string macro, params (string Input, string Value)[] inputs)
    {
        string text = File.ReadAllText(Macro(macro));
        foreach ((string input, string value) in inputs)
        {
            string edited = Regex.Replace(text, $@"^{input} = \S+", $"{input} = {value}", RegexOptions.Multiline);
            Assert.AreNotEqual(text, edited, $"{macro} has no input {input} of another value");
            text = edited;
        }
        string path = Path.Combine(folder, macro + ".txt");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Lets an edited macro wait 2 s for each answer instead of 0.2. A pause between two calls takes simulated time, so a session of a busy
    /// machine would be another one.</summary>
    public static string Patient(string macro)
    {
        const string First = "\nSuppressReports\n";
        string text = File.ReadAllText(macro);
        StringAssert.Contains(text, First);
        File.WriteAllText(macro, text.Replace(First, First + "Plugin Bridge SetDeadline 2000\n", StringComparison.Ordinal));
        return macro;
    }

    /// <summary>Items of the lines "hole N item M …" of Bridge_Collect, in their order.</summary>
    public static int[] Items(string log) => [.. HoleLine().Matches(log).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    public string? ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Limit))
            Assert.Fail("the stand-in said nothing for three minutes");
        return line.Result;
    }

    /// <summary>Reads lines into a log up to one that is found; the test fails if there is none.</summary>
    public void ReadUntil(List<string> log, Func<string, bool> found)
    {
        while (ReadLine() is { } line)
        {
            log.Add(line);
            if (found(line))
                return;
        }
        Assert.Fail($"the stand-in ended early: {string.Join('\n', log.TakeLast(10))}");
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>What was printed since the last line read.</returns>
    public string End(int exitCode = 0)
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        if (!_process.WaitForExit(Limit))
            Assert.Fail("the stand-in did not end within three minutes");
        // A host that it started outlives it, and must not have been given its handles.
        Assert.IsTrue(output.Wait(Limit), "the stand-in ended, and something keeps its output open");
        if (_process.ExitCode != exitCode)
            Assert.Fail($"exit code {_process.ExitCode}, not {exitCode}: {output.Result}{(_error.Wait(1000) ? _error.Result : "")}");  // Wine passes stderr on to all
        return output.Result;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(10_000);
        _process.Dispose();
    }

    [GeneratedRegex(@"^Bridge: hole \d+ item (\d+) ", RegexOptions.Multiline)]
    private static partial Regex HoleLine();
}
