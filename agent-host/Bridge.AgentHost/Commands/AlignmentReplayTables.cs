using System.Globalization;
using Bridge.AgentHost.Replay;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>replay</c> prints and writes of alignments.</summary>
internal static class AlignmentReplayTables
{
    public static void Print(AlignmentReplay replay, int mostDifferences)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("session", Markup.Escape(replay.Session));
        table.AddRow("lines, all checked", Text($"{replay.Events.Values.Sum()}"));
        foreach ((string name, int count) in replay.Events)
            table.AddRow("  " + name, Text($"{count}"));
        table.AddRow("minutes", Text($"{replay.Minutes:0.#}"));
        table.AddRow("aligned / begun", Text($"{replay.Alignments.Aligned} / {replay.Alignments.Begun}"));
        table.AddRow(Markup.Escape($"answers that {replay.Policy} gives again"), Text($"{replay.Answers - replay.Differences.Count} / {replay.Answers}"));
        Terminal.Out.Write(table);
        if (replay.WhyNot is { } why)
            Console.WriteLine($"not all answers can be the same: {why}");
        foreach (AlignmentReplay.Difference difference in replay.Differences.Take(mostDifferences))
            Console.WriteLine(Text($"line {difference.Line}, minute {difference.AtMin:0.#}: given {Name(difference.Given)}, now {Name(difference.Now)} ({difference.Now.Why})"));
        if (replay.Differences.Count > mostDifferences)
            Console.WriteLine($"… and {replay.Differences.Count - mostDifferences} more; --json FILE has all");
    }

    public static JObject ToJson(FileInfo journal, AlignmentReplay replay) => new()
    {
        ["command"] = "replay",
        ["version"] = Serving.RequestDispatcher.Version,
        ["journal"] = journal.Name,
        ["session"] = replay.Session,
        ["policy"] = replay.Policy,
        ["events"] = JObject.FromObject(replay.Events),
        ["minutes"] = replay.Minutes,
        ["begun"] = replay.Alignments.Begun,
        ["aligned"] = replay.Alignments.Aligned,
        ["answers"] = replay.Answers,
        ["why_not"] = replay.WhyNot,
        ["differences"] = new JArray(replay.Differences.Select(difference => new JObject
        {
            ["line"] = difference.Line,
            ["at_min"] = difference.AtMin,
            ["given"] = difference.Given.ToJson(),
            ["now"] = difference.Now.ToJson(),
        })),
    };

    private static string Name(BeamShiftReply reply)
        => reply.Kind == BeamShiftKind.GoOn ? Text($"shift {reply.ShiftX:G6}, {reply.ShiftY:G6}") : reply.Kind == BeamShiftKind.Aligned ? "aligned" : "given up";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
