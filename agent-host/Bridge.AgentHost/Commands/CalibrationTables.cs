using System.Globalization;
using Bridge.Agents.Planning.Evaluation;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>evaluate planner --calibration</c> prints: Brier score, calibration error, regret, and the reliability of the longest budget.</summary>
internal static class CalibrationTables
{
    public static void Print(IReadOnlyList<PlannerScore> scores)
    {
        double longest = scores.Max(score => score.BudgetMinutes);
        PlannerScore[] rows = [.. scores.Where(score => score.BudgetMinutes == longest)];
        var table = new Table().Border(TableBorder.Rounded).Title(Format($"probabilities of the visited holes, and regret, {longest:0.##} min"))
            .AddColumns("planner", "Brier before", "Brier", "calibration error before", "calibration error", "good holes behind the oracle after 20, 40, 60, 80, 100 %");
        foreach (PlannerScore row in rows)
        {
            string regret = string.Join(" / ", row.Regret.Where((_, tenth) => tenth % 2 == 1).Select(behind => Format($"{behind:0.0}")));
            table.AddRow(row.Planner, Share(row.Before?.Brier), Share(row.During?.Brier), Share(row.Before?.ExpectedCalibrationError), Share(row.During?.ExpectedCalibrationError), regret);
        }
        Terminal.Out.Write(table);
        foreach (PlannerScore row in rows)
            Print(row);
    }

    private static void Print(PlannerScore row)
    {
        if (row is not { Before: { } before, During: { } during })
            return;
        var table = new Table().Border(TableBorder.Rounded).Title($"{row.Planner}: said and come true").AddColumns("from", "before: holes", "said", "good", "with results: holes", "said", "good");
        foreach (double from in before.Rows.Concat(during.Rows).Select(bin => bin.From).Distinct().Order())
            table.AddRow([Format($"{from:0.0}"), .. Cells(before, from), .. Cells(during, from)]);
        Terminal.Out.Write(table);
    }

    private static string[] Cells(ReliabilityTable table, double from) => table.Rows.FirstOrDefault(bin => bin.From == from) is { Count: > 0 } bin
        ? [Format($"{bin.Count}"), Format($"{bin.Said:0.00}"), Format($"{bin.Good:0.00}")]
        : ["", "", ""];

    private static string Share(double? value) => value is { } number && !double.IsNaN(number) ? Format($"{number:0.000}") : "";

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
