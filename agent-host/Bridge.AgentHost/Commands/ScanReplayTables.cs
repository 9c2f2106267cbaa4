using System.Globalization;
using Bridge.AgentHost.Replay;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>replay</c> says of a scan.</summary>
internal static class ScanReplayTables
{
    private const int ShownDifferences = 10;

    /// <param name="isOther">Another policy was asked: then it may answer differently.</param>
    public static int Show(FileInfo journal, ScanReplay replay, bool isOther, FileInfo? json)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("session", Markup.Escape(replay.Session));
        table.AddRow("lines, all checked", Text($"{replay.Events.Values.Sum()}"));
        foreach ((string name, int count) in replay.Events)
            table.AddRow("  " + name, Text($"{count}"));
        table.AddRow("scans", Text($"{replay.Scans}"));
        table.AddRow("in the end", Markup.Escape(replay.Summary));
        table.AddRow(Markup.Escape($"segments that {replay.Policy} gives again"), Text($"{replay.Segments - replay.Differences.Count} / {replay.Segments}"));
        Terminal.Out.Write(table);
        foreach (ScanReplay.Difference difference in replay.Differences.Take(ShownDifferences))
            Console.WriteLine($"line {difference.Line}, segment {difference.Given.Number}: given {Place(difference.Given)}, now {Place(difference.Now)}");
        if (replay.Differences.Count > ShownDifferences)
            Console.WriteLine($"… and {replay.Differences.Count - ShownDifferences} more; --json FILE has all");
        CommonOptions.WriteJson(json, new JObject
        {
            ["command"] = "replay",
            ["version"] = Serving.RequestDispatcher.Version,
            ["journal"] = journal.Name,
            ["session"] = replay.Session,
            ["policy"] = replay.Policy,
            ["events"] = JObject.FromObject(replay.Events),
            ["scans"] = replay.Scans,
            ["segments"] = replay.Segments,
            ["differences"] = new JArray(replay.Differences.Select(difference => new JObject
            {
                ["line"] = difference.Line,
                ["segment"] = difference.Given.Number,
                ["given"] = ToJson(difference.Given),
                ["new"] = ToJson(difference.Now),
            })),
        });
        return !isOther && replay.Differences.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static JObject ToJson(SegmentReply segment) => new() { ["x"] = segment.X, ["y"] = segment.Y, ["direction_rad"] = segment.DirectionRad };

    private static string Place(SegmentReply segment) => segment.Kind == SegmentKind.Done ? "done" : Text($"{segment.X:0.##}, {segment.Y:0.##} towards {segment.DirectionRad:0.###} rad");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
