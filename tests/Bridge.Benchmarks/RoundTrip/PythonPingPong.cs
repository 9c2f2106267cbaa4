using System.Globalization;
using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.RoundTrip;

/// <summary>pyzmq's DEALER in a process of its own against a ROUTER in another one. It measures itself and says what it saw.</summary>
internal sealed class PythonPingPong : IPingPong
{
    private readonly ChildProcess _router;
    private readonly ChildProcess _dealer;

    public PythonPingPong(string name, string python, ChildProcess router)
    {
        (Name, _router) = (name, router);
        try
        {
            _dealer = ChildProcess.Python(python, "zmq_ask.py", router.ReadLine(Payload.Limit));
        }
        catch
        {
            router.Dispose();
            throw;
        }
    }

    public string Name { get; }

    public Latency Ping(int count)
    {
        _dealer.WriteLine($"ping {count}");
        var latency = new Latency();
        foreach (string nanoseconds in _dealer.ReadLine(Payload.Limit * 2).Split(' '))
            latency.Add(long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1000.0);
        return latency.Count == count ? latency : throw new InvalidOperationException($"{Name}: {latency.Count} round trips instead of {count}");
    }

    public double Stream(int count)
    {
        _dealer.WriteLine($"stream {count}");
        return count * 1e9 / long.Parse(_dealer.ReadLine(Payload.Limit * 2), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _dealer.Dispose();
        _router.Dispose();
    }

    /// <summary>A Python that has pyzmq, or null.</summary>
    public static string? FindPython()
    {
        string[] candidates = OperatingSystem.IsWindows() ? ["python", "python3"] : ["/usr/bin/python3", "python3"];
        return Array.Find(candidates, HasZmq);
    }

    private static bool HasZmq(string python)
    {
        try
        {
            using ChildProcess probe = ChildProcess.Python(python, "zmq_ask.py", "--probe");
            return probe.ReadLine(TimeSpan.FromSeconds(20)) == "yes";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or TimeoutException)
        {
            return false;  // no such program, or no such module
        }
    }
}
