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
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "serialem-standin.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["BRIDGE_ENDPOINT"] = host ?? "tcp://127.0.0.1:1";
        start.Environment["BRIDGE_DATA_FOLDER"] = dataFolder;
        start.Environment["BRIDGE_AGENT_HOST"] = "none";
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

    /// <summary>Items of the lines "hole N item M …" of Bridge_Collect, in their order.</summary>
    public static int[] Items(string log) => [.. HoleLine().Matches(log).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    public string? ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Limit))
            Assert.Fail("the stand-in said nothing for three minutes");
        return line.Result;
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>What was printed since the last line read.</returns>
    public string End(int exitCode = 0)
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        if (!_process.WaitForExit(Limit))
            Assert.Fail("the stand-in did not end within three minutes");
        Assert.AreEqual(exitCode, _process.ExitCode, output.Result + _error.Result);
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
