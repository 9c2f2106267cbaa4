using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>A proxy that drops, doubles and delays messages in both directions, between four clients and the host.</summary>
internal sealed class FaultyFrames : IFault
{
    private const int Clients = 4, Batch = 500;

    public string Name => "frames";

    public string What => "a proxy that drops a tenth of all messages, doubles a tenth, delays a twentieth, both ways; counted are these";

    public int Usual => 4000;

    public int Few => 60;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "the client repeats; LastError";
        for (int left = run.Tries; left > 0 && !run.Stop.IsCancellationRequested; left -= Batch)
            tally.Try(Math.Min(Batch, left), () => PlayThroughIt(Math.Min(Batch, left), run.Random));
    }

    private static List<string> PlayThroughIt(int faults, Random random)
    {
        using var bench = new FaultBench(random.Next(), hasSecret: false);
        using var proxy = new FaultyProxy(bench.Host.Endpoint, random.Next());
        bench.BeginWatch();
        Asker[] askers = [.. Enumerable.Range(0, Clients).Select(_ => bench.NewAsker(proxy.Endpoint, TimeSpan.FromMilliseconds(100)))];
        try
        {
            bool IsOver() => proxy.Dropped + proxy.Duplicated + proxy.Delayed >= faults || proxy.Failure is not null;
            Task all = Task.WhenAll(askers.Select((asker, client) => Task.Factory.StartNew(() =>
            {
                for (int session = 0; !IsOver(); session++)
                {
                    int left = 20;  // short sessions: openings and closings too
                    asker.Play($"through-{client}-{session}", "rate", () => IsOver() || left-- <= 0);
                }
            }, TaskCreationOptions.LongRunning)));
            Require.End(all, TimeSpan.FromMinutes(20), "the clients did not come to their end");
        }
        finally
        {
            foreach (Asker asker in askers)
                asker.Dispose();
        }
        Require.That(proxy.Failure is null, $"the proxy ended: {proxy.Failure?.Message}");
        bench.StopMustBeObeyed();
        bench.Host.Kill();
        return JournalJudge.Judge(bench.Journals, askers.SelectMany(asker => asker.Answered));
    }
}
