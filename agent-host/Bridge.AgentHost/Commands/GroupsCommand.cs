using System.Globalization;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>evaluate planner --max-shift UM</c>: several shots a move.</summary>
internal sealed record GroupsCommand(GroupEvaluation Evaluation, string Split)
{
    /// <exception cref="ContractException">A number is out of range.</exception>
    public static (double MaxShiftUm, double ShotMinutes) Checked(double maxShiftUm, double shotMinutes) => maxShiftUm is >= 0 and <= 1000 && shotMinutes is > 0 and <= 1000
        ? (maxShiftUm, shotMinutes)
        : throw new ContractException(FaultCode.BadField, Format($"--max-shift must be 0 to 1000 and --shot-minutes above 0 and at most 1000; got {maxShiftUm} and {shotMinutes}"));

    /// <summary>Plays, prints, and gives the rows for <c>--json</c>.</summary>
    public JArray Run(IReadOnlyList<string> ways, double[] budgets, int starts, int seed, CancellationToken cancellationToken)
    {
        var rows = ProgressBar.Run("evaluating", progress => Evaluation.Run(Split, ways, budgets, starts, seed, progress, cancellationToken));
        var table = new Table().Border(TableBorder.Rounded).Title(Format($"good holes found with image shifts up to {Evaluation.MaxShiftUm:0.##} µm and {Evaluation.ShotMinutes:0.##} min a further shot, mean ± sd, and shots")).AddColumn("way");
        foreach (double budget in budgets)
            table.AddColumn(new TableColumn(Format($"{budget:0.##} min")).RightAligned());
        foreach (var way in rows.GroupBy(row => row.Score.Planner))
            table.AddRow([way.Key, .. way.Select(row => Format($"{row.Score.Mean:0.0} ± {row.Score.Sd:0.0} of {row.Shots:0.0}"))]);
        Terminal.Out.Write(table);
        return new JArray(rows.Select(row => new JObject
        {
            ["planner"] = row.Score.Planner,
            ["split"] = row.Score.Split,
            ["budget_min"] = row.Score.BudgetMinutes,
            ["starts"] = row.Score.Starts,
            ["mean"] = row.Score.Mean,
            ["sd"] = row.Score.Sd,
            ["shots"] = row.Shots,
            ["max_shift_um"] = Evaluation.MaxShiftUm,
            ["shot_minutes"] = Evaluation.ShotMinutes,
        }));
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
