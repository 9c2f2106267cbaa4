using System.CommandLine;
using System.Globalization;
using Bridge.AgentHost.Commands;
using Bridge.Benchmarks.Measuring;
using Bridge.Trials.Soaking;
using Newtonsoft.Json.Linq;

namespace Bridge.Trials.Commands;

/// <summary><c>soak</c>: a week of many microscopes, and what grows in it.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var suggestions = new Option<int>("--suggestions") { Description = "Suggestions in all, each with its result, 100 to 10 000 000.", DefaultValueFactory = _ => 100_000 };
        var sessions = new Option<int>("--sessions") { Description = "Sessions at once, 1 to 40.", DefaultValueFactory = _ => 32 };
        var holes = new Option<int>("--holes") { Description = "Holes of each grid, 100 to 100 000.", DefaultValueFactory = _ => 600 };
        var restarts = new Option<int>("--restarts") { Description = "Restarts of the host in the first half, by turns killed and asked, 0 to 100.", DefaultValueFactory = _ => 6 };
        var sleepers = new Option<int>("--sleepers") { Description = "Clients beside them that say something only now and then, 0 to 20.", DefaultValueFactory = _ => 8 };
        var picture = new Option<FileInfo?>("--picture") { Description = "Also draw memory, handles, threads, journals and logs over the run, as SVG." };
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var command = new Command("soak",
            "A week on the scripts' clocks: sessions are opened, played, left, come back to and closed, the host is restarted, clients sleep. Every closed session's\n" +
            "journal is held against its answers. In the second half, one life of the host, nothing may grow without bound. Exits 1 if something does or is lost.") { suggestions, sessions, holes, restarts, sleepers, picture, seed, json };
        command.SetWork((parsed, stop) => Run(
            new SoakSettings(
                CommonOptions.InRange("--suggestions", parsed.GetValue(suggestions), 100, 10_000_000),
                CommonOptions.InRange("--sessions", parsed.GetValue(sessions), 1, 40),
                CommonOptions.InRange("--holes", parsed.GetValue(holes), 100, 100_000),
                CommonOptions.InRange("--restarts", parsed.GetValue(restarts), 0, 100),
                CommonOptions.InRange("--sleepers", parsed.GetValue(sleepers), 0, 20),
                parsed.GetValue(seed)),
            parsed.GetValue(picture), parsed.GetValue(json), stop));
        return command;
    }

    private static int Run(SoakSettings settings, FileInfo? picture, FileInfo? json, CancellationToken stop)
    {
        CommonOptions.MustBeWritable(picture);
        CommonOptions.MustBeWritable(json);
        using Soak soak = ProgressBar.Run("soak", progress =>
        {
            var run = new Soak(settings, progress, stop);
            run.Run();
            return run;
        });
        var report = new Report("soak", "what", "mean", "growth", "limit", "verdict");
        foreach (Trend trend in soak.Trends)
        {
            report.Add(
                [trend.What, Report.Number(trend.Mean), Report.Number(trend.Growth), Report.Number(trend.Limit), trend.IsBounded ? "bounded" : "GROWS"],
                new JObject { ["what"] = trend.What, ["mean"] = trend.Mean, ["growth"] = trend.Growth, ["limit"] = trend.Limit, ["bounded"] = trend.IsBounded });
        }
        report.Print();
        Sample last = soak.Series[^1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{soak.Suggestions} suggestions with results in {last.Seconds:0} s ({soak.Suggestions / last.Seconds:0} a second), {soak.SessionsClosed} sessions closed, {settings.Sessions} at once, {soak.Restarts} restarts; {soak.Days:0.0} days for each microscope."));
        Console.WriteLine($"Sessions tried {soak.SessionsClosed}, survived {soak.SessionsClosed - Math.Min(soak.SessionsClosed, soak.Losses.Count)}, lost {soak.Losses.Count}.");
        foreach (string loss in soak.Losses)
            Console.WriteLine($"lost: {loss}");
        report.Write(json, settings.Seed, new JProperty("samples", JArray.FromObject(soak.Series)));
        if (picture is not null)
            EvaluationFiles.Write(picture.FullName, SeriesPicture.Draw(soak.Series, $"{soak.Suggestions} suggestions, {settings.Sessions} sessions at once, {soak.SessionsClosed} closed, {soak.Restarts} restarts"));
        return soak.Losses.Count > 0 || soak.Trends.Any(trend => !trend.IsBounded) || soak.Trends.Count == 0 || stop.IsCancellationRequested ? ExitCode.Failed : ExitCode.Done;
    }
}
