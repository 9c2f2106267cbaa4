using System.CommandLine;
using System.Globalization;
using Bridge.AgentHost.Replay;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.OffPolicy;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host replay JOURNAL</c>: what happened, and what a planner would say now.</summary>
internal static class ReplayCommand
{
    private const int ShownDifferences = 10, UsualRollouts = 40, MostRollouts = 10_000;

    public static Command Create()
    {
        var journal = new Argument<FileInfo>("journal") { Description = "A session journal (sessions/*.jsonl in the data folder)." };
        var planner = new Option<string?>("--planner") { Description = "Ask this planner (of a scan: this policy) instead of the one that was in charge; not for alignments." };
        Option<string[]> model = CommonOptions.Model();
        var rollouts = new Option<int>("--rollouts") { Description = "With --planner: how often it plays the session to estimate what it would have found; 0 for no estimate.", DefaultValueFactory = _ => UsualRollouts };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("replay",
            "Checks a session journal and asks the planner again at every suggestion, the policy of a scan at every segment, that of an alignment at every shift.\n" +
            "With --planner it also estimates what that planner would have found in the same minutes: measured holes count as measured, holes never shot as the results make believe.\n" +
            "Exits 1 if the journal is damaged, or if the same planner or policy now answers differently.") { journal, planner, rollouts, seed, model, json };
        command.SetWork((parsed, stop) => Run(parsed.GetValue(journal)!, parsed.GetValue(planner), CommonOptions.InRange("--rollouts", parsed.GetValue(rollouts), 0, MostRollouts), parsed.GetValue(seed),
            CommonOptions.Catalog(parsed.GetValue(model)), parsed.GetValue(json), stop));
        return command;
    }

    private static int Run(FileInfo journal, string? planner, int rollouts, int seed, PlannerCatalog catalog, FileInfo? json, CancellationToken stop)
    {
        CommonOptions.MustBeWritable(json);
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
        string? whyNot = planner is null ? null : WhyNoEstimate.Reason(planner, replay.RecordedPlanner);
        OffPolicyEstimate? estimate = planner is null || whyNot is not null || rollouts == 0 || replay.Recorded is not { } recorded ? null : ProgressBar.Run(
            $"{planner} plays the session", progress => OffPolicyEstimate.Make(recorded, () => catalog.Create(planner, replay.Setup), rollouts, seed, progress, stop));
        Print(replay, estimate);
        if (whyNot is not null)
            Console.WriteLine($"No estimate of what {planner} would have found: {whyNot}.");
        CommonOptions.WriteJson(json, ToJson(journal, replay, estimate, whyNot));
        return planner is null && replay.Differences.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(JournalReplay replay, OffPolicyEstimate? estimate)
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
        if (replay.Shadow is { Asked: > 0 } shadow)
            Console.WriteLine(shadow.Compare(replay.State).Sentence);
        if (estimate is not null)
            Print(replay.Recorded!, estimate, replay.Planner);
    }

    /// <summary>What another planner would have found, and what of it nobody can know.</summary>
    private static void Print(RecordedSession recorded, OffPolicyEstimate estimate, string planner)
    {
        Console.WriteLine(Invariant($"In the {recorded.MoveMinutes:0.#} min of its moves the session found {recorded.Good} good holes at {recorded.Visits.Count} places."));
        Console.WriteLine(Invariant($"{planner} would have found {estimate.Good:0.#} ({estimate.Low:0.#} to {estimate.High:0.#} in nine of ten rollouts) at {estimate.Holes:0.#}: {estimate.Good - recorded.Good:+0.#;-0.#;0} ({estimate.Low - recorded.Good:+0.#;-0.#;0} to {estimate.High - recorded.Good:+0.#;-0.#;0})."));
        Console.WriteLine(estimate.UnknownShare > 0
            ? Invariant($"Of its holes {estimate.Known:0.#} were measured. {estimate.Holes - estimate.Known:0.#} ({estimate.UnknownShare:P0}) were never shot: what they are like nobody knows, and they count as the session's results make believe.")
            : "All its holes were measured: this is no estimate.");
    }

    private static JObject ToJson(FileInfo journal, JournalReplay replay, OffPolicyEstimate? estimate, string? whyNot) => new()
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
        ["estimate"] = ToJson(replay.Recorded, estimate),
        ["why_no_estimate"] = whyNot,
        ["shadow"] = replay.Shadow is { Asked: > 0 } shadow ? shadow.Compare(replay.State).ToJson() : null,
    };

    private static JObject? ToJson(RecordedSession? recorded, OffPolicyEstimate? estimate) => recorded is null || estimate is null ? null : new JObject
    {
        ["minutes_of_moves"] = recorded.MoveMinutes,
        ["recorded_good"] = recorded.Good,
        ["recorded_holes"] = recorded.Visits.Count,
        ["good"] = estimate.Good,
        ["good_low"] = estimate.Low,
        ["good_high"] = estimate.High,
        ["holes"] = estimate.Holes,
        ["holes_measured"] = estimate.Known,
        ["holes_never_shot_share"] = estimate.UnknownShare,
        ["rollouts"] = estimate.Rollouts,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Name(int item) => item == 0 ? "stop" : $"item {item}";

    private static string Format(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
