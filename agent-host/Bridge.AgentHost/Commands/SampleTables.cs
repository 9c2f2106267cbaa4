using System.Globalization;
using Bridge.Agents.Planning.Evaluation;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>evaluate planner --data samples</c> prints: every planner's mean share of the oracle, its worst case, and the share by character.</summary>
internal static class SampleTables
{
    public static void Print(IReadOnlyList<PlannerScore> rows)
    {
        string[] characters = [.. rows.Select(Character).Distinct()];
        var table = new Table().Border(TableBorder.Rounded).Title("share of the oracle's good holes, simulated samples").AddColumns("planner", "mean", "worst", "in sample");
        foreach (string character in characters)
            table.AddColumn(character);
        foreach ((string planner, double mean, PlannerScore worst) in SampleEvaluation.Summary(rows))
        {
            table.AddRow([planner, Percent(mean), Percent(worst.OracleFraction), $"{worst.Split}, {worst.BudgetMinutes.ToString("0.##", CultureInfo.InvariantCulture)} min",
                .. characters.Select(character => Percent(rows.Where(row => row.Planner == planner && Character(row) == character).Average(row => row.OracleFraction)))]);
        }
        Terminal.Out.Write(table);
    }

    private static string Character(PlannerScore row) => row.Split[..row.Split.LastIndexOf(' ')];

    private static string Percent(double share) => double.IsNaN(share) ? "" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
