using System.Globalization;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>evaluate planner --hierarchy unsurveyed</c>.</summary>
internal sealed record HierarchyCommand(HierarchyEvaluation Evaluation, string Split)
{
    public const string Surveyed = "surveyed", Unsurveyed = "unsurveyed";

    /// <exception cref="ContractException">It is neither.</exception>
    public static bool IsUnsurveyed(string hierarchy) => hierarchy == Unsurveyed
        || (hierarchy == Surveyed ? false : throw new ContractException(FaultCode.BadField, $"--hierarchy must be {Surveyed} or {Unsurveyed}; got '{hierarchy}'"));

    /// <exception cref="ContractException">Not above 0, or no sensible number.</exception>
    public static double Checked(double surveyMinutes) => surveyMinutes is > 0 and <= 1000
        ? surveyMinutes
        : throw new ContractException(FaultCode.BadField, $"--survey-minutes must be above 0 and at most 1000; got {surveyMinutes.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Plays, prints, and gives the rows for <c>--json</c>.</summary>
    public JArray Run(IReadOnlyList<string> planners, double[] budgets, int starts, int seed, CancellationToken cancellationToken)
    {
        var rows = ProgressBar.Run("evaluating", progress => Evaluation.Run(Split, planners, budgets, starts, seed, progress, cancellationToken));
        var table = new Table().Border(TableBorder.Rounded).Title("good holes found where patches are surveyed on the way, mean ± sd, share of the oracle, patches surveyed").AddColumn("planner");
        foreach (double budget in budgets)
            table.AddColumn(new TableColumn(Format($"{budget:0.##} min")).RightAligned());
        foreach (var planner in rows.GroupBy(row => row.Score.Planner))
            table.AddRow([planner.Key, .. planner.Select(row => Format($"{row.Score.Mean:0.0} ± {row.Score.Sd:0.0}, {100 * row.Score.OracleFraction:0.0} %, {row.Surveyed:0.0}"))]);
        Terminal.Out.Write(table);
        return new JArray(rows.Select(row =>
        {
            var json = (JObject)new PlannerTables([row.Score], Evaluation.Truth).ToJson(calibration: false)[0];
            (json["hierarchy"], json["patches_surveyed"]) = (Unsurveyed, row.Surveyed);
            return json;
        }));
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
