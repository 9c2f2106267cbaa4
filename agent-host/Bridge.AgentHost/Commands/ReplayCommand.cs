using System.CommandLine;
using System.Globalization;
using Bridge.AgentHost.Replay;
using Bridge.Agents.Planning;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host replay JOURNAL</c>: what happened, and what a planner would say now.</summary>
internal static class ReplayCommand
{
    private const int ShownDifferences = 10;

    public static Command Create()
    {
        var journal = new Argument<FileInfo>("journal") { Description = "A session journal (sessions/*.jsonl in the data folder)." };
        var planner = new Option<string?>("--planner") { Description = "Ask this planner (of a scan: this policy) instead of the one that was in charge; not for alignments." };
        Option<string[]> model = CommonOptions.Model();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("replay",
            "Checks a session journal and asks the planner again at every suggestion, the policy of a scan at every segment, that of an alignment at every shift.\n" +
            "Exits 1 if the journal is damaged, or if the same planner or policy now answers differently.") { journal, planner, model, json };
        command.SetAction(parsed => Run(parsed.GetValue(journal)!, parsed.GetValue(planner), CommonOptions.Catalog(parsed.GetValue(model)), parsed.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo journal, string? planner, PlannerCatalog catalog, FileInfo? json)
    {
        if (ScanReplay.Run(journal.FullName, planner, Serving.HostScans.Shipped(null)) is { } scan)
            return ScanReplayTables.Show(journal, scan, planner is not null, json);
        if (AlignmentReplay.IsFor(journal.FullName))
        {
            AlignmentReplay alignments = AlignmentReplay.Run(journal.FullName);
            AlignmentReplayTables.Print(alignments, ShownDifferences);
            CommonOptions.WriteJson(json, AlignmentReplayTables.ToJson(journal, alignments));
            return alignments.Differences.Count > 0 && alignments.WhyNot is null ? ExitCode.Failed : ExitCode.Done;
        }
        JournalReplay replay = JournalReplay.Run(journal.FullName, planner, catalog);
        Print(replay);
        CommonOptions.WriteJson(json, ToJson(journal, replay));
        return planner is null && replay.Differences.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(JournalReplay replay)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("session", Markup.Escape(replay.Session));
        table.AddRow("lines, all checked", Format(replay.Events.Values.Sum()));
        foreach ((string name, int count) in replay.Events)
            table.AddRow("  " + name, Format(count));
        table.AddRow("minutes", Format(replay.Minutes));
        table.AddRow("good / measured", $"{replay.State!.Good} / {replay.State.Measured}");
        table.AddRow($"suggestions that {replay.Planner} gives again", $"{replay.Suggestions - replay.Differences.Count} / {replay.Suggestions}");
        Terminal.Out.Write(table);
        foreach (JournalReplay.Difference difference in replay.Differences.Take(ShownDifferences))
            Console.WriteLine($"line {difference.Line}, minute {Format(difference.AtMin)}: given {Name(difference.GivenItem)}, now {Name(difference.NewItem)} ({difference.Why})");
        if (replay.Differences.Count > ShownDifferences)
            Console.WriteLine($"… and {replay.Differences.Count - ShownDifferences} more; --json FILE has all");
    }

    private static JObject ToJson(FileInfo journal, JournalReplay replay) => new()
    {
        ["command"] = "replay",
        ["version"] = Serving.RequestDispatcher.Version,
        ["journal"] = journal.Name,
        ["session"] = replay.Session,
        ["planner"] = replay.Planner,
        ["events"] = JObject.FromObject(replay.Events),
        ["minutes"] = replay.Minutes,
        ["good"] = replay.State!.Good,
        ["measured"] = replay.State.Measured,
        ["suggestions"] = replay.Suggestions,
        ["differences"] = new JArray(replay.Differences.Select(difference => new JObject
        {
            ["line"] = difference.Line,
            ["at_min"] = difference.AtMin,
            ["given_item"] = difference.GivenItem,
            ["new_item"] = difference.NewItem,
            ["why"] = difference.Why,
        })),
    };

    private static string Name(int item) => item == 0 ? "stop" : $"item {item}";

    private static string Format(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
