using Bridge.Contracts;
using Bridge.SerialEM;

namespace Bridge.Trials.Judging;

/// <summary>A SerialEM script's session through the plugin's own functions, without SerialEM. It remembers where it went and what it was told was kept.</summary>
internal sealed class Script : IDisposable
{
    /// <summary>A call that takes so long hangs: the plugin's longest deadline is 2 s, and a busy computer takes its time on top.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly PluginHost _plugin;
    private readonly string _stopFile;

    public Script(string endpoint, string dataFolder, string session, string? secretFile = null)
    {
        _plugin = new PluginHost(new PluginSettings { Endpoint = endpoint, SecretFile = secretFile, DataFolder = dataFolder, HostProgram = "none", HostStartLimit = TimeSpan.FromMinutes(1) });
        _stopFile = Path.Combine(dataFolder, "STOP");
        Session = session;
        Call("SetSession", text: session);
    }

    public string Session { get; }

    /// <summary>Items in the order in which the stage went there, and whether the host chose them or, while it was away, the plugin.</summary>
    public List<(int Item, bool ByHost)> Visited { get; } = [];

    /// <summary>Items whose results the host said it has.</summary>
    public List<int> Reported { get; } = [];

    /// <summary>The longest call so far.</summary>
    public TimeSpan Longest { get; private set; }

    public string LastFault => _plugin.LastFault;

    /// <exception cref="TrialLossException">It was refused, or nobody answered.</exception>
    public void Open(string navigator) => Until("OpenSession", text: navigator);

    /// <summary>One hole: where to, and what was found there.</summary>
    /// <returns>The item; null at the session's end.</returns>
    /// <exception cref="TrialLossException">A call was refused, nobody answered, or a call took too long.</exception>
    public int? Step()
    {
        double[] outs = new double[3];
        if (Until("SuggestNextHole", outs: outs) is not (double)SuggestionKind.Target)
            return null;
        int item = (int)outs[0];
        Visited.Add((item, outs[1] >= 0));
        if (Call("ReportCtf", doubles: [item, ResolutionA(item), 0.9, -1.5]) > 0)
            Reported.Add(item);
        return item;
    }

    /// <summary>What is measured at an item: any value will do that is the same each time.</summary>
    public static double ResolutionA(int item) => 3 + item * 7 % 10;

    /// <exception cref="TrialLossException">It was refused, or nobody answered.</exception>
    public void Close() => Until("CloseSession");

    /// <summary>Says STOP as an operator does, by the file, and asks for a hole and a move. Then takes it back.</summary>
    /// <returns>What was wrong, or null: both were refused.</returns>
    public string? DisobeysStop()
    {
        File.WriteAllText(_stopFile, "");
        try
        {
            double suggested = Call("SuggestNextHole", outs: new double[3]), moved = Call("MayMove", doubles: [0, 0, 0]);
            return suggested == (double)FaultCode.Stopped && moved == (double)FaultCode.Stopped ? null : $"STOP was said, and SuggestNextHole gave {suggested}, MayMove {moved}";
        }
        finally
        {
            File.Delete(_stopFile);
        }
    }

    public void Dispose() => _plugin.Dispose();

    private double Until(string name, string? text = null, double[]? outs = null)
    {
        for (long began = Environment.TickCount64; ;)
        {
            double result = Call(name, text: text, outs: outs);
            if (result > 0)
                return result;
            Require.That(result == 0, $"{name} was refused with {result}: {LastFault}");
            Require.That(Environment.TickCount64 - began < Asker.Limit.TotalMilliseconds, $"{name} was pending for {Asker.Limit.TotalSeconds:0} s");
        }
    }

    private double Call(string name, double[]? doubles = null, string? text = null, double[]? outs = null)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        double result = _plugin.Invoke(name, [], doubles ?? [], text, outs ?? [], out _);
        TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
        Longest = took > Longest ? took : Longest;
        Require.That(took < LongestCall, $"{name} took {took.TotalSeconds:0.0} s");
        return result;
    }
}
