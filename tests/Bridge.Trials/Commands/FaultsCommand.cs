using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Bridge.AgentHost.Commands;
using Bridge.Benchmarks.Measuring;
using Bridge.Trials.Faults;
using Bridge.Trials.Judging;
using Newtonsoft.Json.Linq;

namespace Bridge.Trials.Commands;

/// <summary><c>faults</c>: what happens to host and clients is done to them, and the journals are held against what was answered.</summary>
internal static class FaultsCommand
{
    public static Command Create()
    {
        var only = new Option<string[]>("--only") { Description = $"Only these: {string.Join(", ", AllFaults.Kinds.Select(fault => fault.Name))}.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. AllFaults.Kinds.Select(fault => fault.Name)]);
        var times = new Option<double>("--times") { Description = "So many times the usual number of trials, 0.001 to 100.", DefaultValueFactory = _ => 1 };
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var command = new Command("faults",
            "Kills, suspends, fills, cuts and damages, with the real host as a process and real clients over the socket. After each trial: no answered event\n" +
            "lost, no hole twice, no answer to the wrong request, STOP obeyed, and host.log says what happened. Exits 1 if anything was lost.\n\n" +
            string.Join('\n', AllFaults.Kinds.Select(fault => $"  {fault.Name,-17}{fault.Usual,5} x  {fault.What}"))) { only, times, seed, json };
        command.SetWork((parsed, stop) => Run(parsed.GetValue(only) ?? [], CommonOptions.InRange("--times", parsed.GetValue(times), 0.001, 100), parsed.GetValue(seed), parsed.GetValue(json), stop));
        return command;
    }

    private static int Run(string[] only, double times, int seed, FileInfo? json, CancellationToken stop)
    {
        CommonOptions.MustBeWritable(json);
        var report = new Report("faults", "fault", "tried", "survived", "lost", "seconds", "told by");
        var tallies = new List<Tally>();
        foreach (IFault fault in AllFaults.Kinds.Where(fault => only.Length == 0 || only.Contains(fault.Name)))
        {
            if (stop.IsCancellationRequested)
                break;
            long began = Stopwatch.GetTimestamp();
            int tries = Math.Max(1, (int)Math.Round(fault.Usual * times));
            Tally tally = ProgressBar.Run(fault.Name, progress => AllFaults.Run(fault, tries, seed, progress, stop));
            tallies.Add(tally);
            Add(report, tally, Stopwatch.GetElapsedTime(began).TotalSeconds);
            Console.Error.WriteLine($"{fault.Name}: {tally.Tried} tried, {tally.Lost} lost");
        }
        report.Print();
        foreach (Tally tally in tallies)
        {
            if (tally.Skipped is { } why)
                Console.WriteLine($"{tally.Fault} was left out: {why}");
            foreach (string loss in tally.Losses)
                Console.WriteLine($"{tally.Fault} lost: {loss}");
        }
        report.Write(json, seed);
        return tallies.Any(tally => tally.Lost > 0) || stop.IsCancellationRequested ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Add(Report report, Tally tally, double seconds) => report.Add(
        [tally.Fault, Text(tally.Tried), Text(tally.Survived), Text(tally.Lost), Report.Number(seconds, "0"), tally.Skipped is null ? tally.Told : "left out"],
        new JObject
        {
            ["fault"] = tally.Fault,
            ["tried"] = tally.Tried,
            ["survived"] = tally.Survived,
            ["lost"] = tally.Lost,
            ["seconds"] = seconds,
            ["told_by"] = tally.Told,
            ["skipped"] = tally.Skipped,
            ["losses"] = new JArray(tally.Losses),
        });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
