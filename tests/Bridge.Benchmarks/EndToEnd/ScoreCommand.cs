using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Benchmarks.Measuring;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.EndToEnd;

/// <summary><c>score</c>: a night whose holes are scored by their pictures while the session goes on, once left alone and once with the host killed in the middle.</summary>
internal static class ScoreCommand
{
    /// <summary>What a crop shows along a side, in µm: as the weights that ship have it.</summary>
    private const double FieldUm = 3.25;

    public static Command Create()
    {
        var holes = new Option<int>("--holes") { Description = "Holes on simulated maps, 1 000 to 100 000.", DefaultValueFactory = _ => 10_000 };
        var rate = new Option<int>("--rate") { Description = "Suggestions and results a second, 1 to 100.", DefaultValueFactory = _ => 10 };
        var rest = new Option<int>("--rest") { Description = "Seconds at that rate before scores are asked for, to compare with, 1 to 600.", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "Of the simulated holes.", DefaultValueFactory = _ => 0 };
        var folder = new Option<DirectoryInfo>("--data-folder") { Description = "Where maps and journals go.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result to this file, as JSON." };
        SuggestCommand.InRange(holes, 1000, 100_000);
        SuggestCommand.InRange(rate, 1, 100);
        SuggestCommand.InRange(rest, 1, 600);
        SuggestCommand.InRange(seed, 0, 999_999);
        folder.AcceptExistingOnly();
        var command = new Command("score",
            "Starts the real agent-host with the weights that ship, opens a session on simulated maps, asks score_holes for all holes and meanwhile for suggestions,\n" +
            "each followed by a result. Then the same with a host that is killed when half is scored, and started again. Fails if a score is missing, told twice, or another.") { holes, rate, rest, seed, folder, json };
        command.SetAction(parsed => Run(parsed.GetValue(holes), parsed.GetValue(rate), parsed.GetValue(rest), parsed.GetValue(seed), parsed.GetValue(folder)!.FullName, parsed.GetValue(json)));
        return command;
    }

    private static int Run(int holes, int rate, int restSeconds, int seed, string folder, FileInfo? json)
    {
        string maps = Directory.CreateDirectory(Path.Combine(folder, $"bridge-maps-{Path.GetRandomFileName()}")).FullName;
        try
        {
            HoleSet set = HoleSimulator.Create(new HoleSimulatorSettings { Seed = seed, Squares = Math.Max(9, holes / 150), Patches = holes / 12, Holes = holes });
            string navigator = SimulatedMaps.Write(set, FieldUm, maps);
            var report = new Report("score", "host", "what", "count", "p50 ms", "p99 ms", "worst ms", "until all are scored, s");
            ScoreRun alone = Measured(report, "left alone", kill: false), killed = Measured(report, "killed in the middle", kill: true);
            report.Print();
            int unlike = alone.Scores.Count(score => killed.Scores[score.Key] != score.Value);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{holes} holes: every one was scored once; after the kill {killed.AwaySeconds:0.0} s passed until the next answer, {killed.ScoredBefore} had their scores; {unlike} scores differ between the two hosts. Progress was seen {alone.Progress.Count} and {killed.Progress.Count} times"));
            report.Write(json, seed, new JProperty("away_s", killed.AwaySeconds), new JProperty("scored_before_kill", killed.ScoredBefore), new JProperty("unlike", unlike));
            return unlike == 0 ? 0 : 1;

            ScoreRun Measured(Report to, string name, bool kill)
            {
                using var host = new HostUnderLoad(folder);
                var run = new ScoreRun(set, navigator, TimeSpan.FromSeconds(1.0 / rate));
                run.Measure(host, TimeSpan.FromSeconds(restSeconds), kill);
                Add(to, name, "suggest, before", run.Before, double.NaN);
                Add(to, name, "suggest, while holes are scored", run.During, run.ScoringSeconds);
                Add(to, name, "suggest, after", run.After, double.NaN);
                return run;
            }
        }
        finally
        {
            Directory.Delete(maps, recursive: true);
        }
    }

    private static void Add(Report report, string host, string what, Latency latency, double seconds) => report.Add(
        [
            host, what, latency.Count.ToString(CultureInfo.InvariantCulture), Report.Number(latency.P50Us / 1000), Report.Number(latency.P99Us / 1000), Report.Number(latency.WorstUs / 1000), Report.Number(seconds),
        ],
        new JObject
        {
            ["host"] = host,
            ["what"] = what,
            ["count"] = latency.Count,
            ["p50_ms"] = latency.P50Us / 1000,
            ["p99_ms"] = latency.P99Us / 1000,
            ["worst_ms"] = latency.WorstUs / 1000,
            ["scoring_s"] = double.IsNaN(seconds) ? null : seconds,
        });
}
