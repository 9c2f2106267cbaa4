using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bridge.AgentHost.Commands;
using Bridge.Agents.Planning;
using Bridge.Benchmarks.Measuring;
using Bridge.Trials.Loading;
using Newtonsoft.Json.Linq;

namespace Bridge.Trials.Commands;

/// <summary><c>load</c>: how long many sessions at once wait for their answers, and what gives first.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var sessions = new Option<int>("--sessions") { Description = "Sessions at once, 1 to 60.", DefaultValueFactory = _ => 32 };
        var holes = new Option<int>("--holes") { Description = "Holes of each session, 100 to 190 000.", DefaultValueFactory = _ => 100_000 };
        var rates = new Option<int[]>("--rates")
        {
            Description = "Requests a second of all sessions together, with commas, each 1 to 100 000.",
            CustomParser = ParseRates,
            DefaultValueFactory = _ => [100, 300, 1000, 2000],
        };
        var seconds = new Option<double>("--seconds") { Description = "Seconds at each rate, 0.5 to 600.", DefaultValueFactory = _ => 20 };
        var planner = new Option<string>("--planner") { Description = "Planner of all sessions.", DefaultValueFactory = _ => Planners.Default };
        var burst = new Option<int>("--burst") { Description = "Requests to each session in the end, at once, 0 to 100 000.", DefaultValueFactory = _ => 1000 };
        var folder = new Option<DirectoryInfo>("--data-folder") { Description = "Where the journals go: choose the disk to be measured.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
        folder.AcceptExistingOnly();
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var command = new Command("load",
            "Suggestions and results by turns, every one in the journal on disk before it is answered, timed from when it was due. Refused: answered with a fault\n" +
            "such as Busy. Exits 1 if a request stayed without an answer or a hole was handed out twice.") { sessions, holes, rates, seconds, planner, burst, folder, seed, json };
        command.SetWork((parsed, stop) => Run(
            new LoadSettings(
                CommonOptions.InRange("--sessions", parsed.GetValue(sessions), 1, 60),
                CommonOptions.InRange("--holes", parsed.GetValue(holes), 100, 190_000),
                parsed.GetValue(rates)!,
                CommonOptions.InRange("--seconds", parsed.GetValue(seconds), 0.5, 600),
                parsed.GetValue(planner)!,
                CommonOptions.InRange("--burst", parsed.GetValue(burst), 0, 100_000),
                parsed.GetValue(folder)!.FullName,
                parsed.GetValue(seed)),
            parsed.GetValue(json), stop));
        return command;
    }

    private static int Run(LoadSettings settings, FileInfo? json, CancellationToken stop)
    {
        CommonOptions.MustBeWritable(json);
        Load load = ProgressBar.Run("load", progress =>
        {
            var run = new Load(settings, progress, stop);
            run.Run();
            return run;
        });
        var report = new Report("load", "load", "tried", "survived", "refused", "lost", "a second", "p50 ms", "p99 ms", "worst ms", "cores", "host MiB", "objects MiB");
        foreach (LoadStep step in load.Steps)
            Add(report, step);
        report.Print();
        foreach (string loss in load.Losses)
            Console.WriteLine($"lost: {loss}");
        report.Write(json, settings.Seed);
        return load.Losses.Count > 0 || load.Steps.Any(step => step.Unanswered > 0) || stop.IsCancellationRequested ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Add(Report report, LoadStep step) => report.Add(
        [
            step.What, Text(step.Requests + step.Unanswered), Text(step.Requests - step.Refused), Text(step.Refused), Text(step.Unanswered), Report.Number(step.Requests / step.Seconds, "0"),
            Report.Number(step.Latency.P50Us / 1000), Report.Number(step.Latency.P99Us / 1000), Report.Number(step.Latency.WorstUs / 1000),
            Report.Number(step.Cores, "0.00"), Report.Number(step.HostMb, "0"), Report.Number(step.HeapMb, "0"),
        ],
        new JObject
        {
            ["load"] = step.What,
            ["tried"] = step.Requests + step.Unanswered,
            ["survived"] = step.Requests - step.Refused,
            ["refused"] = step.Refused,
            ["lost"] = step.Unanswered,
            ["per_second"] = step.Requests / step.Seconds,
            ["p50_ms"] = step.Latency.P50Us / 1000,
            ["p99_ms"] = step.Latency.P99Us / 1000,
            ["worst_ms"] = step.Latency.WorstUs / 1000,
            ["host_cores"] = step.Cores,
            ["host_mib"] = step.HostMb,
            ["objects_mib"] = step.HeapMb,
        });

    private static int[] ParseRates(ArgumentResult result)
    {
        var rates = new List<int>();
        foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int rate) || rate is < 1 or > 100_000)
                result.AddError($"--rates must be numbers of 1 to 100000 with commas, got '{part}'");
            rates.Add(rate);
        }
        return [.. rates];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
