using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Bridge.Trials.Hosts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>kill -9 of the program in which the plugin runs; another one goes on with the session.</summary>
internal sealed class KilledClient : IFault
{
    private const int Batch = 20;

    public string Name => "client-killed";

    public string What => "kill -9 of the plugin's process at random points; another goes on with its session";

    public int Usual => 400;

    public int Few => 3;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3041";
        for (int left = run.Tries; left > 0 && !run.Stop.IsCancellationRequested; left -= Batch)
            tally.Try(Math.Min(Batch, left), () => KillOften(Math.Min(Batch, left), run));
    }

    private static List<string> KillOften(int kills, FaultRun run)
    {
        using var bench = new FaultBench(run.Random.Next());
        bench.BeginWatch();
        var losses = new List<string>();
        var visited = new List<int>();
        var reported = new List<int>();
        for (int kill = 0; kill < kills; kill++)
        {
            using var client = new ClientProcess(bench.Host.Endpoint, bench.DataFolder, "killed", bench.Navigator, bench.SecretFile);
            client.WaitUntilSaid(run.Random.Next(30));
            run.Pause(0, 3);
            client.Kill();
            bench.StopMustBeObeyed();
            if (client.Failure is { } failure)
                losses.Add(failure);
            visited.AddRange(client.Items("visited"));
            reported.AddRange(client.Items("reported"));
        }
        losses.AddRange(visited.GroupBy(item => item).Where(group => group.Count() > 1).Select(group => $"item {group.Key} was visited {group.Count()} times"));
        if (visited.Count > 0)
            losses.AddRange(NotInJournal(bench.JournalOf("killed"), visited, reported));
        if (kills > 2)
            bench.LogMustSay(" 3041 ");
        return losses;
    }

    /// <summary>Visits and results that a script was told of and that the journal does not have, and holes that it has twice.</summary>
    public static IEnumerable<string> NotInJournal(string journal, IEnumerable<int> visited, IEnumerable<int> reported)
    {
        List<JournalledExchange> exchanges = JournalJudge.Read(journal);
        var suggested = exchanges.Select(exchange => (exchange.Reply as SuggestionReply)?.Target?.Item ?? (exchange.Request as ReportVisitRequest)?.Item ?? 0).ToHashSet();
        var results = exchanges.Where(exchange => exchange.Reply is AckReply).Select(exchange => exchange.Request).OfType<ReportCtfRequest>().ToDictionary(request => request.Item, request => request.CtfMaxResA);
        return visited.Where(item => !suggested.Contains(item)).Select(item => $"item {item} was visited and is not in the journal")
            .Concat(reported.Where(item => !results.TryGetValue(item, out double value) || value != Script.ResolutionA(item)).Select(item => $"the result of item {item} was answered and is not in the journal"))
            .Concat(JournalJudge.HandedOutTwice(exchanges).Select(item => $"item {item} was handed out twice"));
    }
}
