using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bridge.Agents.Planning.Simulation;
using Bridge.Benchmarks.Measuring;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary><c>suggest</c>: how long a script waits for the next hole, with everything in between.</summary>
internal static class SuggestCommand
{
    public static Command Create()
    {
        var holes = new Option<int[]>("--holes")
        {
            Description = "Holes of the simulated grids, with commas, each 100 to 190 000.",
            CustomParser = ParseHoles,
            DefaultValueFactory = _ => [2341, 20_000, 100_000],
        };
        var count = new Option<int>("--count") { Description = "Suggestions to measure for each grid, 1 to 100 000.", DefaultValueFactory = _ => 500 };
        var warmUp = new Option<int>("--warm-up") { Description = "Suggestions before, which are not counted, 0 to 10 000.", DefaultValueFactory = _ => 200 };
        var minutes = new Option<double>("--minutes") { Description = "Minutes of a session on its own clock, 10 to 10 000.", DefaultValueFactory = _ => 480 };
        var folder = new Option<DirectoryInfo>("--data-folder")
        {
            Description = "Where the journals go: choose the disk to be measured. A temporary folder in memory costs no flush.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()),
        };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result to this file, as JSON." };
        InRange(count, 1, 100_000);
        InRange(warmUp, 0, 10_000);
        InRange(minutes, 10, 10_000);
        folder.AcceptExistingOnly();
        var command = new Command("suggest",
            "Starts the real agent-host, opens sessions on simulated grids and plays them through BridgeClient over the socket, every\n" +
            "exchange in the journal on disk before it is answered. Then the parts alone: a question that reaches no session (client,\n" +
            "sockets, threads), the flush of a 400-byte append on the same disk, the planner in this process.\n" +
            "Aim for suggest, p99: 2 ms up to 2 341 holes, 5 ms up to 20 000, 20 ms beyond.") { holes, count, warmUp, minutes, folder, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(holes)!, parsed.GetValue(count), parsed.GetValue(warmUp), parsed.GetValue(minutes), parsed.GetValue(folder)!.FullName, parsed.GetValue(json)));
        return command;
    }

    private static int Run(int[] sizes, int count, int warmUp, double minutes, string folder, FileInfo? json)
    {
        var report = new Report("suggest", "holes", "what", "count", "p50 ms", "p99 ms", "worst ms", "aim p99 ms");
        foreach (int holes in sizes)
        {
            SuggestRun run = SuggestRun.Of(holes, minutes);
            using (var host = new HostUnderLoad(folder))
                run.Measure(host, count, warmUp);
            double aimMs = holes <= 2341 ? 2 : holes <= 20_000 ? 5 : 20;
            Add(report, holes, "suggest", run.Suggest, aimMs);
            Add(report, holes, "suggest, first of a session", run.First);
            Add(report, holes, "report", run.Report);
            Add(report, holes, "client, sockets, threads alone", run.Hello);
            Add(report, holes, "journal flush alone", run.Flush);
            Add(report, holes, "planner alone", run.Planner);
            Add(report, holes, "open, targets in the message", run.OpenByMessage);
            Add(report, holes, "open, Navigator file", run.OpenByFile);
        }
        report.Print();
        report.Write(json);
        return 0;
    }

    private static void Add(Report report, int holes, string what, Latency latency, double aimMs = double.NaN)
    {
        (double p50Ms, double p99Ms, double worstMs) = (latency.P50Us / 1000, latency.P99Us / 1000, latency.WorstUs / 1000);
        string aim = double.IsNaN(aimMs) ? "" : $"{Report.Number(aimMs, "0")} {(p99Ms <= aimMs ? "met" : "missed")}";
        report.Add(
            [
                holes.ToString(CultureInfo.InvariantCulture), what, latency.Count.ToString(CultureInfo.InvariantCulture),
                Report.Number(p50Ms, "0.000"), Report.Number(p99Ms, "0.000"), Report.Number(worstMs, "0.000"), aim,
            ],
            new JObject
            {
                ["holes"] = holes,
                ["what"] = what,
                ["count"] = latency.Count,
                ["p50_ms"] = p50Ms,
                ["p99_ms"] = p99Ms,
                ["worst_ms"] = worstMs,
                ["aim_p99_ms"] = double.IsNaN(aimMs) ? null : aimMs,
            });
    }

    private static int[] ParseHoles(ArgumentResult result)
    {
        var holes = new List<int>();
        foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            // Every patch, square and grid-level image is a Navigator item too.
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 100 or > SimulatedGridSettings.MaxHoles - 10_000)
                result.AddError($"--holes must be numbers of 100 to 190000 with commas, got '{part}'");
            holes.Add(number);
        }
        return [.. holes];
    }

    internal static void InRange<T>(Option<T> option, T min, T max)
        where T : IComparable<T> => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is { } value && (value.CompareTo(min) < 0 || value.CompareTo(max) > 0))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be {min} to {max}, got {value}"));
    });
}
