using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>kill -9 of the host, at random points of sessions that go on: while it opens, answers, writes, closes, and while it starts.</summary>
internal sealed class KilledHost : IFault
{
    /// <summary>Kills of one host's folder; then the journals are judged and a fresh one begins.</summary>
    private const int Batch = 20;

    public string Name => "host-killed";

    public string What => "kill -9 of the host at random points, then it is started again";

    public int Usual => 600;

    public int Few => 4;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3026";
        for (int left = run.Tries; left > 0 && !run.Stop.IsCancellationRequested; left -= Batch)
            tally.Try(Math.Min(Batch, left), () => KillOften(Math.Min(Batch, left), run.Random));
    }

    private static List<string> KillOften(int kills, Random random)
    {
        using var bench = new FaultBench(random.Next());
        bench.BeginWatch();
        bool over = false;
        using var first = bench.NewAsker();
        using var second = bench.NewAsker();
        Task players = Task.WhenAll(
            Task.Factory.StartNew(() => PlayOn(first, "long", suggestions: int.MaxValue, () => Volatile.Read(ref over)), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => PlayOn(second, "short", suggestions: 3, () => Volatile.Read(ref over)), TaskCreationOptions.LongRunning));
        for (int kill = 0; kill < kills; kill++)
        {
            long until = first.Exchanges + second.Exchanges + random.Next(12);
            for (long began = Environment.TickCount64; first.Exchanges + second.Exchanges < until && !players.IsFaulted && Environment.TickCount64 - began < 30_000;)
                Thread.Yield();
            SpinFor(TimeSpan.FromMicroseconds(random.Next(5000)));
            bench.Host.Kill();
            bench.StopMustBeObeyed();
            bench.Host.Restart();
        }
        Volatile.Write(ref over, true);
        Require.End(players, 2 * Asker.Limit, "the clients did not come to their end");
        bench.StopMustBeObeyed();
        bench.LogMustSay(" 3026 ");
        bench.Host.Kill();  // it may be about to put the last journal away
        return JournalJudge.Judge(bench.Journals, [.. first.Answered, .. second.Answered]);
    }

    private static void PlayOn(Asker asker, string name, int suggestions, Func<bool> over)
    {
        for (int session = 0; !over(); session++)
        {
            int left = suggestions;
            asker.Play($"{name}-{session}", "rate", () => over() || left-- <= 0);
        }
    }

    private static void SpinFor(TimeSpan time)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(began) < time)
            Thread.SpinWait(10);
    }
}
