using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>SIGSTOP and SIGCONT of the program in which the plugin runs, with answers on their way to it.</summary>
internal sealed class SuspendedClient : IFault
{
    public string Name => "client-suspended";

    public string What => "SIGSTOP of the plugin's process for 0.05 to 1.5 s, then SIGCONT";

    public int Usual => 60;

    public int Few => 2;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "nothing is wrong";
        if (!OperatingSystem.IsLinux())
        {
            tally.Skipped = "needs Linux";
            return;
        }
        tally.Try(run.Tries, () =>
        {
            using var bench = new FaultBench(run.Random.Next());
            bench.BeginWatch();
            using var client = new ClientProcess(bench.Host.Endpoint, bench.DataFolder, "suspended", bench.Navigator, bench.SecretFile);
            client.WaitUntilSaid(1);
            for (int i = 0; i < run.Tries && !run.Stop.IsCancellationRequested; i++)
            {
                run.Pause(0, 30);
                if (client.HasExited)
                    throw new TrialLossException($"the client ended after {i} times: {client.Failure ?? "too few holes"}");
                ProcessFigures.Signal(client.Id, ProcessFigures.Suspend);
                run.Pause(50, 1500);
                ProcessFigures.Signal(client.Id, ProcessFigures.Continue);
                client.WaitUntilSaid(client.Said + 1);
                bench.StopMustBeObeyed();
            }
            client.Kill();
            var losses = client.Items("visited").GroupBy(item => item).Where(group => group.Count() > 1).Select(group => $"item {group.Key} was visited {group.Count()} times").ToList();
            losses.AddRange(KilledClient.NotInJournal(bench.JournalOf("suspended"), client.Items("visited"), client.Items("reported")));
            return losses;
        });
    }
}
