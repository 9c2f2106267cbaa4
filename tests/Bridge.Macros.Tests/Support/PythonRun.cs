using System.Diagnostics;
using Bridge.Testing;

namespace Bridge.Macros.Tests.Support;

/// <summary>A Python script at work, with macros/python and the tests' own scripts on its path.</summary>
internal sealed class PythonRun : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;

    /// <param name="script">Path of the script.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">Arguments of the script.</param>
    public PythonRun(string script, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        // -W error: a warning of a newer Python is a failure of a later one.
        var start = new ProcessStartInfo(Peers.Python("json"), ["-B", "-W", "error", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PYTHONPATH"] = Macros + Path.PathSeparator + Own;
        start.Environment["BRIDGE_PYTHON"] = Macros;
        start.Environment["BRIDGE_SECRET_FILE"] = "none";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The folder macros/python.</summary>
    public static string Macros => Path.Combine(SharedData.RepositoryRoot(), "macros", "python");

    /// <summary>The folder of the tests' own scripts.</summary>
    public static string Own => Path.Combine(AppContext.BaseDirectory, "Python");

    /// <summary>The next line of output; null at its end. A script that says nothing for two minutes fails the test.</summary>
    public string? ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Limit))
            Assert.Fail("the script said nothing for two minutes");
        return line.Result;
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>Exit code, what is left of the output, errors.</returns>
    public (int ExitCode, string Output, string Error) End()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        if (!_process.WaitForExit(Limit))
            Assert.Fail("the script did not end within two minutes");
        return (_process.ExitCode, output.Result, _error.Result);
    }

    /// <summary>Runs a script to its end.</summary>
    public static (int ExitCode, string Output, string Error) ToEnd(string script, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var run = new PythonRun(script, environment, arguments);
        return run.End();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(10_000);
        _process.Dispose();
    }
}
