using System.Diagnostics;

namespace Bridge.StandIn.Plugins;

/// <summary>How long SerialEM's windows would have stood still: the time of each call into a plugin, and of loading it.</summary>
internal sealed class CallTimes
{
    /// <summary>Calls of one function that are kept; later ones are not.</summary>
    private const int MostCalls = 100_000;

    private readonly Dictionary<string, List<double>> _milliseconds = [];

    /// <param name="what">The function, or what else took the time.</param>
    /// <param name="began">Its beginning, from <see cref="Stopwatch.GetTimestamp"/>; it ends now.</param>
    public void Note(string what, long began)
    {
        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (!_milliseconds.TryGetValue(what, out List<double>? times))
            _milliseconds.Add(what, times = []);
        if (times.Count < MostCalls)
            times.Add(milliseconds);
    }

    /// <summary>One line for each function in the order of their first calls, milliseconds.</summary>
    public void WriteTo(TextWriter output)
    {
        output.WriteLine($"{"ms",-32}{"calls",8}{"first",10}{"p50",10}{"p99",10}{"worst",10}");
        foreach ((string what, List<double> times) in _milliseconds)
        {
            double first = times[0];
            double[] sorted = [.. times.Order()];
            output.WriteLine(FormattableString.Invariant($"{what,-32}{sorted.Length,8}{first,10:0.000}{sorted[sorted.Length / 2],10:0.000}{sorted[sorted.Length * 99 / 100],10:0.000}{sorted[^1],10:0.000}"));
        }
    }
}
