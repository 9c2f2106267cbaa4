using System.CommandLine;
using System.Globalization;
using Bridge.AgentHost.Demo;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Client;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host demo</c>: a night on a simulated grid, through a real host and a real socket.</summary>
internal static class DemoCommand
{
    private const double SessionMinutes = 480;
    private static readonly double[] ReadAtMinutes = [120, 240, 360, 480];
    private static readonly string[] HostPlanners = ["rate", "greedy", "nearest", "random"];

    public static Command Create()
    {
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var starts = new Option<int>("--starts") { Description = "Sessions for each planner, each from another first hole.", DefaultValueFactory = _ => 5 };
        var align = new Option<bool>("--align") { Description = "Align a simulated beam instead, step by step." };
        var scan = new DemoScan();
        var command = new Command("demo",
            "Starts a host, collects for 480 simulated minutes on a simulated grid through a ZeroMQ socket, and compares the planners.") { starts, align, seed, json };
        scan.AddTo(command);
        command.SetAction(parsed => scan.IsAsked(parsed) ? scan.Run(parsed, parsed.GetValue(seed)) : parsed.GetValue(align) ? Align(parsed.GetValue(seed)) : Run(CommonOptions.InRange("--starts", parsed.GetValue(starts), 1, 1000), parsed.GetValue(seed), parsed.GetValue(json)));
        return command;
    }

    private static int Align(int seed)
    {
        using HostProcess host = HostProcess.Start();
        using var client = new BridgeClient(host.Client);
        return AlignmentShow.Play(client, seed, Terminal.Out) ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Run(int starts, int seed, FileInfo? json)
    {
        MeasuredGrid specimen = SimulatedGrid.Create(new SimulatedGridSettings { Seed = seed });
        Bridge.Domain.Specimen.Grid grid = specimen.Grid;
        int good = specimen.CtfA.Count(CollectionState.IsGood);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A simulated grid: {grid.GridImages.Count} grid-level images, {grid.Squares.Count} squares, {grid.Patches.Count} patches, {grid.Holes.Count} holes, {100.0 * good / grid.Holes.Count:0} % of them good."));
        using HostProcess host = HostProcess.Start();
        Console.WriteLine($"An agent host listens on {host.Endpoint}; {HostPlanners.Length} planners x {starts} sessions of {SessionMinutes:0} min follow.");
        Dictionary<string, List<RunResult>> runs = ProgressBar.Run("collecting", progress => CollectAll(specimen, host.Client, starts, seed, progress));
        Print(runs);
        CommonOptions.WriteJson(json, "demo", seed, "simulated", Rows(runs));
        return ExitCode.Done;
    }

    private static Dictionary<string, List<RunResult>> CollectAll(MeasuredGrid specimen, BridgeClientOptions options, int starts, int seed, IProgress<double> progress)
    {
        using var client = new BridgeClient(options);
        var microscope = new SimulatedMicroscope(specimen, MoveMinutes.Text, SessionMinutes);
        var random = new Random(seed);
        int[] firstHoles = [.. Enumerable.Range(0, starts).Select(_ => random.Next(specimen.Grid.Holes.Count))];
        var runs = new Dictionary<string, List<RunResult>>();
        double sessions = HostPlanners.Length * starts;
        int done = 0;
        foreach (string planner in HostPlanners)
        {
            runs[planner] = [];
            for (int start = 0; start < starts; start++, done++)
            {
                int before = done;
                var within = new DirectProgress(fraction => progress.Report((before + fraction) / sessions));
                runs[planner].Add(microscope.Collect(client, options, planner, seed + start, firstHoles[start], within));
            }
        }
        // The limit knows the truth, which no client may tell a host: it plays here.
        var limit = new CollectionRun(specimen, MoveMinutes.Text, SessionMinutes, LastMove.Strict);
        runs["oracle"] = [.. firstHoles.Select((hole, start) => limit.Play(Planners.Create("oracle", specimen.Grid, seed + start, specimen), hole))];
        return runs;
    }

    private static void Print(Dictionary<string, List<RunResult>> runs)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("good holes found").AddColumn("planner");
        foreach (double minute in ReadAtMinutes)
            table.AddColumn(new TableColumn($"{minute:0} min").RightAligned());
        table.AddColumn(new TableColumn("of the oracle").RightAligned());
        foreach ((string planner, List<RunResult> results) in runs)
        {
            string fraction = (MeanAt(results, SessionMinutes) / MeanAt(runs["oracle"], SessionMinutes)).ToString("0 %", CultureInfo.InvariantCulture);
            table.AddRow([planner, .. ReadAtMinutes.Select(minute => MeanAt(results, minute).ToString("0.0", CultureInfo.InvariantCulture)), fraction]);
        }
        Terminal.Out.Write(table);
        Console.WriteLine("The oracle knows every hole's value in advance: the limit. Nobody can use it on a microscope.");
    }

    private static JArray Rows(Dictionary<string, List<RunResult>> runs)
    {
        var rows = new JArray();
        foreach ((string planner, List<RunResult> results) in runs)
        {
            foreach (double minute in ReadAtMinutes)
            {
                rows.Add(new JObject
                {
                    ["planner"] = planner,
                    ["minute"] = minute,
                    ["starts"] = results.Count,
                    ["mean"] = MeanAt(results, minute),
                    ["oracle_fraction"] = MeanAt(results, minute) / MeanAt(runs["oracle"], minute),
                });
            }
        }
        return rows;
    }

    private static double MeanAt(List<RunResult> results, double minute) => results.Average(result => result.GoodAt(minute));
}
