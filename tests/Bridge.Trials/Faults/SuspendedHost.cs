using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>SIGSTOP and SIGCONT of the host, for moments and for longer than the plugin waits: it goes on by itself then, and both sides must agree afterwards.</summary>
internal sealed class SuspendedHost : IFault
{
    private const double LongMs = 9000;

    public string Name => "host-suspended";

    public string What => "SIGSTOP of the host for 0.05 to 1.5 s, every tenth time for 9 s, then SIGCONT";

    public int Usual => 60;

    public int Few => 2;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3029, plugin.log";
        if (!OperatingSystem.IsLinux())
        {
            tally.Skipped = "needs Linux";
            return;
        }
        tally.Try(run.Tries, () =>
        {
            using var bench = new FaultBench(run.Random.Next(), holes: 8000);
            bench.BeginWatch();
            using var script = bench.NewScript("suspended");
            script.Open(bench.Navigator);
            bool over = false;
            Task player = Task.Factory.StartNew(() => PlayOn(script, () => Volatile.Read(ref over)), TaskCreationOptions.LongRunning);
            for (int i = 1; i <= run.Tries && !run.Stop.IsCancellationRequested && !player.IsFaulted; i++)
            {
                run.Pause(0, 50);
                ProcessFigures.Signal(bench.Host.ProcessId, ProcessFigures.Suspend);
                try
                {
                    if (i % 10 == 0 || i == run.Tries)
                        run.Pause(LongMs, LongMs);
                    else
                        run.Pause(50, 1500);
                    bench.StopMustBeObeyed();
                }
                finally
                {
                    ProcessFigures.Signal(bench.Host.ProcessId, ProcessFigures.Continue);
                }
            }
            Volatile.Write(ref over, true);
            Require.End(player, Asker.Limit, "the script did not come to its end");
            script.Close();  // in its turn after all that was told before
            bench.StopMustBeObeyed();
            bench.LogMustSay(" 3029 ");
            Require.That(File.ReadAllText(Path.Combine(bench.DataFolder, "plugin.log")).Contains("the host does not answer", StringComparison.Ordinal), "plugin.log does not say that the host did not answer");
            bench.Host.Kill();  // it may be about to put the journal away, under another name
            var losses = script.Visited.GroupBy(visit => visit.Item).Where(group => group.Count() > 1).Select(group => $"item {group.Key} was visited {group.Count()} times").ToList();
            losses.AddRange(KilledClient.NotInJournal(bench.Journals.Single(), script.Visited.Select(visit => visit.Item), script.Reported));
            return losses;
        });
    }

    private static void PlayOn(Script script, Func<bool> over)
    {
        while (!over() && script.Step() is not null)
            Thread.Sleep(script.Visited[^1].ByHost ? 2 : 20);  // with its own order the plugin is quick, and must not run out of holes
    }
}
