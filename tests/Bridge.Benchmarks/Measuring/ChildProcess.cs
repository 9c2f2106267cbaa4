using System.Diagnostics;

namespace Bridge.Benchmarks.Measuring;

/// <summary>A process of ours that answers line by line. It sees the end of its standard input when we are gone, and is ended on disposal.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;

    private ChildProcess(string name, string program, IEnumerable<string> arguments)
    {
        _name = name;
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        }) ?? throw new InvalidOperationException($"{name} could not be started");
    }

    /// <summary>A .NET program of our own output folder.</summary>
    public static ChildProcess Dotnet(string assembly, params string[] arguments)
        => new(assembly, "dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);

    /// <summary>A script of <c>peers/</c>.</summary>
    public static ChildProcess Python(string python, string script, params string[] arguments)
        => new(script, python, [Path.Combine(AppContext.BaseDirectory, "peers", script), .. arguments]);

    public bool WaitForExit(TimeSpan limit) => _process.WaitForExit(limit);

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <exception cref="TimeoutException">It said nothing in time.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public string ReadLine(TimeSpan limit)
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(limit))
            throw new TimeoutException($"{_name} said nothing for {limit.TotalSeconds:0} s");
        return line.Result ?? throw new InvalidOperationException($"{_name} ended early; what it wrote to standard error says why");
    }

    /// <summary>Takes and forgets what it says from now on, so that it cannot block on a full pipe.</summary>
    public void Mute() => _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }
}
