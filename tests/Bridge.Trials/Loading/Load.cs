using System.Diagnostics;
using System.Globalization;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Bridge.Trials.Hosts;

namespace Bridge.Trials.Loading;

/// <summary>Many sessions on one host: opened one after the other, then asked at one rate after the other, then all at once far too much.</summary>
internal sealed class Load(LoadSettings settings, IProgress<double> progress, CancellationToken stop)
{
    /// <summary>Requests a second of the session that is at work while the others are opened.</summary>
    private const double RateBeside = 20;

    private readonly List<LoadStep> _steps = [];

    public IReadOnlyList<LoadStep> Steps => _steps;

    /// <summary>Holes that were handed out twice.</summary>
    public IReadOnlyList<string> Losses { get; private set; } = [];

    public void Run()
    {
        string folder = Directory.CreateDirectory(Path.Combine(settings.Folder, $"bridge-load-{Path.GetRandomFileName()}")).FullName;
        PacedClient[] clients = [];
        try
        {
            MeasuredGrid specimen = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(settings.Holes, settings.Seed));
            string navigator = Path.Combine(folder, "grid.nav");
            NavigatorWriter.Write(navigator, specimen.Grid);
            using var host = new HostUnderTest(Path.Combine(folder, "data"));
            clients = [.. Enumerable.Range(0, settings.Sessions).Select(i => new PacedClient(host.Endpoint, SessionOf(i)))];
            Open(host, clients, navigator);
            for (int i = 0; i < settings.Rates.Length && !stop.IsCancellationRequested; i++)
            {
                Pace(host, clients, settings.Rates[i]);
                progress.Report((i + 1.0) / (settings.Rates.Length + 1));
            }
            if (settings.Burst > 0 && !stop.IsCancellationRequested)
                BurstAll(host);
            Losses = [.. clients.SelectMany(client => client.Losses)];
        }
        finally
        {
            foreach (PacedClient client in clients)
                client.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string SessionOf(int index) => string.Create(CultureInfo.InvariantCulture, $"load-{index}");

    private void Open(HostUnderTest host, PacedClient[] clients, string navigator)
    {
        var latency = new Latency();
        using var beside = new PacedClient(host.Endpoint, "beside");
        beside.Open(navigator, settings.Planner);
        bool over = false;
        Task other = Task.CompletedTask;
        Measure(host, "open, one by one", () =>
        {
            other = Task.Factory.StartNew(() => beside.Run(TimeSpan.FromSeconds(1 / RateBeside), Stopwatch.GetTimestamp(), long.MaxValue, () => Volatile.Read(ref over)), TaskCreationOptions.LongRunning);
            foreach (PacedClient client in clients)
                latency.Add(client.Open(navigator, settings.Planner).TotalMicroseconds);
            Volatile.Write(ref over, true);
            return (clients.Length, 0, 0, latency);
        });
        other.Wait();
        LoadStep open = _steps[^1];
        _steps.Add(open with { What = "a session beside", Requests = beside.Latency.Count, Refused = beside.Refused, Unanswered = beside.Unanswered, Latency = beside.Latency });
    }

    private void Pace(HostUnderTest host, PacedClient[] clients, int rate) => Measure(host, string.Create(CultureInfo.InvariantCulture, $"{rate} a second"), () =>
    {
        var every = TimeSpan.FromSeconds(clients.Length / (double)rate);
        long start = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 10, until = start + (long)(settings.Seconds * Stopwatch.Frequency);
        // Spread over the interval, so that the sessions do not all ask at the same moment.
        Together(clients.Length, i => clients[i].Run(every, start + (long)(every.TotalSeconds * Stopwatch.Frequency * i / clients.Length), until));
        var all = new Latency();
        foreach (PacedClient client in clients)
            all.Add(client.Latency);
        return (all.Count, clients.Sum(client => client.Refused), clients.Sum(client => client.Unanswered), all);
    });

    private void BurstAll(HostUnderTest host) => Measure(host, string.Create(CultureInfo.InvariantCulture, $"{settings.Burst} to each at once"), () =>
    {
        var results = new (int Answered, int Busy, int Unanswered, Latency Latency)[settings.Sessions];
        Together(settings.Sessions, i => results[i] = Burst.Run(host.Endpoint, SessionOf(i), settings.Burst));
        var all = new Latency();
        foreach ((int _, int _, int _, Latency latency) in results)
            all.Add(latency);
        return (results.Sum(result => result.Answered), results.Sum(result => result.Busy), results.Sum(result => result.Unanswered), all);
    });

    private static void Together(int count, Action<int> work)
    {
        Task[] tasks = [.. Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() => work(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WaitAll(tasks);
    }

    private void Measure(HostUnderTest host, string what, Func<(int Answered, int Refused, int Unanswered, Latency Latency)> work)
    {
        double cpuBefore = ProcessFigures.Of(host.ProcessId).CpuSeconds;
        long began = Stopwatch.GetTimestamp();
        (int answered, int refused, int unanswered, Latency latency) = work();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        ProcessFigures after = ProcessFigures.Of(host.ProcessId);
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = host.Endpoint });
        double heapMb = (client.Ask(new HelloRequest("load"), TimeSpan.FromSeconds(30)) as WelcomeReply)?.HeapMb ?? double.NaN;
        _steps.Add(new LoadStep(what, answered, refused, unanswered, latency, seconds, (after.CpuSeconds - cpuBefore) / seconds, after.ResidentMb, heapMb));
    }
}
