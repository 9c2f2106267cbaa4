using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>Connections that break after a random number of bytes, anywhere in a message.</summary>
internal sealed class CutConnections : IFault
{
    private const int Batch = 200;

    public string Name => "connection-cut";

    public string What => "each connection cut after 0 to 20 000 bytes, within greetings, requests and answers";

    public int Usual => 1000;

    public int Few => 20;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "the client connects again; LastError";
        for (int left = run.Tries; left > 0 && !run.Stop.IsCancellationRequested; left -= Batch)
            tally.Try(Math.Min(Batch, left), () => PlayThroughIt(Math.Min(Batch, left), run.Random));
    }

    private static List<string> PlayThroughIt(int cuts, Random random)
    {
        // Openings must come through in one piece, some time: a grid of 60 holes is 10 kB.
        using var bench = new FaultBench(random.Next(), holes: 60, hasSecret: false);
        using var proxy = new CuttingProxy(bench.Host.Endpoint, random.Next());
        using var asker = bench.NewAsker(proxy.Endpoint, TimeSpan.FromMilliseconds(150));
        bench.BeginWatch();
        for (int session = 0; proxy.Cut < cuts; session++)
            asker.Play($"cut-{session}", "rate", () => proxy.Cut >= cuts);
        bench.StopMustBeObeyed();
        bench.Host.Kill();
        return JournalJudge.Judge(bench.Journals, asker.Answered);
    }
}
