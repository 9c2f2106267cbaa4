using System.Diagnostics;
using Bridge.Agents.Planning.Simulation;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Soaking;

/// <summary>
/// A week of many microscopes on one host, in minutes. The host is restarted in the first half; the second half is one life of it, over whose samples, less
/// the first fifth, nothing may grow beyond what its <see cref="Trend"/> allows.
/// </summary>
internal sealed class Soak(SoakSettings settings, IProgress<double> progress, CancellationToken stop) : IDisposable
{
    /// <summary>Samples over the whole run.</summary>
    private const int Samples = 120;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly List<Sample> _samples = [];
    private readonly List<string> _losses = [];

    public IReadOnlyList<Sample> Series => _samples;

    /// <summary>What was lost: answers, or an actor's whole life.</summary>
    public IReadOnlyList<string> Losses => _losses;

    public IReadOnlyList<Trend> Trends { get; private set; } = [];

    public long Suggestions { get; private set; }

    public int SessionsClosed { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>Days that one microscope would have taken for its share, on the clocks of the scripts.</summary>
    public double Days { get; private set; }

    public void Run()
    {
        string data = _folder.File("data");
        string secret = Path.Combine(data, "secret");
        using var host = new HostUnderTest(data, "--secret-file", secret);
        MeasuredGrid specimen = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(settings.Holes, settings.Seed));
        Actor[] actors = [.. Enumerable.Range(0, settings.Sessions).Select(number => new Actor(host.Endpoint, secret, Path.Combine(data, "sessions"), specimen, number, settings.Seed))];
        long Done() => actors.Sum(actor => actor.Suggestions);
        bool IsOver() => stop.IsCancellationRequested || Done() >= settings.Suggestions;
        Task[] lives = [.. actors.Select(actor => Task.Factory.StartNew(() => actor.Run(IsOver), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        using var sleepers = new Sleepers(host.Endpoint, secret, specimen, settings.Sleepers);
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint, SecretFile = secret });
        long began = Stopwatch.GetTimestamp();
        for (int sample = 1; ; sample++)
        {
            long until = (long)settings.Suggestions * sample / Samples;
            while (!Array.TrueForAll(lives, life => life.IsCompleted) && Done() < until)
                Thread.Sleep(20);
            Take(host, client, data, Stopwatch.GetElapsedTime(began).TotalSeconds, actors.Sum(actor => actor.Exchanges));
            progress.Report((double)Done() / settings.Suggestions);
            if (Array.TrueForAll(lives, life => life.IsCompleted))
                break;
            if (sample % 10 == 0)
                sleepers.WakeOne();
            if (Restarts < settings.Restarts && Done() >= (long)settings.Suggestions * (Restarts + 1) / (2 * settings.Restarts + 1))
                Restart(host);
        }
        foreach (Task life in lives.Where(life => life.IsFaulted))
            _losses.Add(life.Exception!.InnerException!.Message);
        _losses.AddRange(actors.SelectMany(actor => actor.Losses));
        (Suggestions, SessionsClosed, Days) = (Done(), actors.Sum(actor => actor.Closed), actors.Average(actor => actor.Minutes) / 1440);
        Trends = Judge();
    }

    public void Dispose() => _folder.Dispose();

    private void Restart(HostUnderTest host)
    {
        if (Restarts % 2 == 0)
            host.Kill();
        else
            host.Stop();
        host.Restart();
        Restarts++;
    }

    private void Take(HostUnderTest host, BridgeClient client, string data, double seconds, long exchanges)
    {
        var welcome = client.Ask(new HelloRequest("soak"), Limit) as WelcomeReply ?? throw new TrialLossException($"the host did not answer hello within {Limit.TotalSeconds:0} s");
        ProcessFigures figures = ProcessFigures.Of(host.ProcessId), own = ProcessFigures.Of(Environment.ProcessId);
        _samples.Add(new Sample(seconds, exchanges, figures.ResidentMb, welcome.HeapMb ?? double.NaN, figures.Handles, figures.Threads, Bytes(Path.Combine(data, "sessions"), "*.jsonl") / 1048576.0, Bytes(data, "*.log") / 1000.0, own.ResidentMb));
    }

    private static long Bytes(string folder, string pattern)
    {
        long bytes = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles(pattern))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // It was just renamed; the next sample has it.
            }
        }
        return bytes;
    }

    private List<Trend> Judge()
    {
        int half = _samples.Count / 2, from = half + _samples.Count / 10;
        List<Sample> window = _samples[from..];
        if (window.Count < 4)
            return [];
        double PerExchange(Sample first, Sample last) => (last.JournalMb - first.JournalMb) * 1048576 / Math.Max(1, last.Exchanges - first.Exchanges);
        double early = PerExchange(_samples[0], _samples[half]), late = PerExchange(_samples[half], _samples[^1]);
        return
        [
            Trend.Of("host: resident memory, MiB", window, sample => sample.HostMb, share: 0.1, atLeast: 10),
            Trend.Of("host: objects, MiB", window, sample => sample.HeapMb, share: 0.15, atLeast: 10),
            Trend.Of("host: handles", window, sample => sample.Handles, share: 0.05, atLeast: 10),
            Trend.Of("host: threads", window, sample => sample.Threads, share: 0.1, atLeast: 4),
            Trend.Of("logs, kB", window, sample => Math.Max(0, sample.LogKb - 3 * RolledLog.MaxBytes / 1000.0), share: 0, atLeast: 0),
            Trend.Of("clients: resident memory, MiB", window, sample => sample.ClientMb, share: 0.1, atLeast: 20),
            new Trend("journal, bytes an exchange", late, late - early, 0.25 * early),
        ];
    }
}
