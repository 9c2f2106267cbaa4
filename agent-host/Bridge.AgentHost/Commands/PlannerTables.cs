using System.Globalization;
using System.Text;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>The rows of <c>evaluate planner</c> as tables, one for each kind of minutes: for the terminal, as Markdown, as JSON.</summary>
internal sealed class PlannerTables(IReadOnlyList<PlannerScore> scores, MeasuredGrid truth)
{
    private readonly double[] _budgets = [.. scores.Select(score => score.BudgetMinutes).Distinct()];
    private readonly string[] _minutes = [.. scores.Select(score => score.Minutes).Distinct()];
    private readonly string[] _trainedOn = [.. scores.Where(score => score.TrainingSeeds > 0).Select(score => score.TrainedOn).Distinct()];

    public void Print()
    {
        foreach (string minutes in _minutes)
        {
            Terminal.Out.WriteLine(Title(minutes));
            Table table = WithBudgets(new Table().Border(TableBorder.Rounded))
                .AddColumn(new TableColumn("of the oracle").RightAligned()).AddColumn(new TableColumn("seconds").RightAligned());
            foreach (PlannerScore[] rows in Lines(minutes))
                table.AddRow([Name(rows[0]), .. rows.Select(Cell), Share(rows[^1].OracleFraction), Format($"{rows.Sum(row => row.Seconds):0.00}")]);
            Terminal.Out.Write(table);
            foreach ((string title, (string Planner, string[] Cells)[] drops) in Drops(minutes))
            {
                Terminal.Out.WriteLine(title);
                Table drop = WithBudgets(new Table().Border(TableBorder.Rounded));
                foreach ((string planner, string[] cells) in drops)
                    drop.AddRow([planner, .. cells]);
                Terminal.Out.Write(drop);
            }
        }
    }

    /// <param name="published">Add what others published.</param>
    public string ToMarkdown(bool published)
    {
        var text = new StringBuilder();
        foreach (string minutes in _minutes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Title(minutes)}\n\n").Append(Header("planner", " of the oracle |"));
            foreach (PlannerScore[] rows in Lines(minutes))
                text.Append(CultureInfo.InvariantCulture, $"| {Name(rows[0])} | {string.Join(" | ", rows.Select(Cell))} | {Share(rows[^1].OracleFraction)} |\n");
            text.Append('\n');
            foreach ((string title, (string Planner, string[] Cells)[] drops) in Drops(minutes))
            {
                text.Append(CultureInfo.InvariantCulture, $"{title}\n\n").Append(Header("planner", ""));
                foreach ((string planner, string[] cells) in drops)
                    text.Append(CultureInfo.InvariantCulture, $"| {planner} | {string.Join(" | ", cells)} |\n");
                text.Append('\n');
            }
        }
        if (published)
            AppendPublished(text);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <param name="calibration">With reliability and regret.</param>
    public JArray ToJson(bool calibration) => new(scores.Select(score => ToJson(score, calibration)));

    private JObject ToJson(PlannerScore score, bool calibration)
    {
        var row = new JObject
        {
            ["planner"] = score.Planner,
            ["split"] = score.Split,
            ["budget_min"] = score.BudgetMinutes,
            ["starts"] = score.Starts,
            ["mean"] = score.Mean,
            ["sd"] = score.Sd,
            ["oracle_fraction"] = double.IsNaN(score.OracleFraction) ? JValue.CreateNull() : score.OracleFraction,
            ["seconds"] = score.Seconds,
        };
        if (score.TrainingSeeds > 0)
            (row["training_seeds"], row["training_seed_sd"], row["trained_on"]) = (score.TrainingSeeds, score.SeedSd, score.TrainedOn);
        if (_minutes.Length > 1)
            row["minutes"] = score.Minutes;
        if (calibration)
            AddCalibration(row, score);
        return row;
    }

    private static void AddCalibration(JObject row, PlannerScore score)
    {
        if (score is { Before: { Count: > 0 } before, During: { } during })
        {
            (row["brier_before"], row["brier"]) = (before.Brier, during.Brier);
            (row["calibration_error_before"], row["calibration_error"]) = (before.ExpectedCalibrationError, during.ExpectedCalibrationError);
            row["reliability"] = new JArray(during.Rows.Select(bin => new JObject { ["from"] = bin.From, ["holes"] = bin.Count, ["said"] = bin.Said, ["good"] = bin.Good }));
        }
        for (int tenth = 0; tenth < score.Regret.Count; tenth++)
            row[Format($"regret_{10 * (tenth + 1)}_percent")] = score.Regret[tenth];
    }

    /// <summary>The rows of one line, budget by budget.</summary>
    private IEnumerable<PlannerScore[]> Lines(string minutes)
        => scores.Where(score => score.Minutes == minutes).GroupBy(score => (score.Planner, score.TrainedOn)).Select(rows => rows.ToArray());

    /// <summary>How much each learner loses that was trained on something else than the first table.</summary>
    private IEnumerable<(string Title, (string Planner, string[] Cells)[] Drops)> Drops(string minutes)
    {
        foreach (string other in _trainedOn.Skip(1))
        {
            (string, string[])[] drops =
            [
                .. from own in Lines(minutes)
                   where own[0].TrainingSeeds > 0 && own[0].TrainedOn == _trainedOn[0]
                   from transferred in Lines(minutes)
                   where transferred[0].Planner == own[0].Planner && transferred[0].TrainedOn == other
                   select (own[0].Planner, own.Zip(transferred, (before, after) => before.Mean > 0 ? Format($"{100 * (after.Mean / before.Mean - 1):+0.0;-0.0;0.0} %") : "").ToArray()),
            ];
            yield return ($"trained on {other} in place of {_trainedOn[0]}: change in good holes", drops);
        }
    }

    private void AppendPublished(StringBuilder text)
    {
        text.Append("Published figures, for comparison only: other holes (the whole validation split, 2341 of which 795 are good), and minutes that are not certain\n\n").Append(Header("planner, source", ""));
        foreach ((string planner, string source, double[] good) in PublishedFigures.All)
            text.Append(CultureInfo.InvariantCulture, $"| {planner}, {source} | {string.Join(" | ", _budgets.Select(budget => Published(good, budget)))} |\n");
    }

    private static string Published(double[] good, double budget)
        => PublishedFigures.BudgetsMinutes.IndexOf(budget) is int at and >= 0 && !double.IsNaN(good[at]) ? Format($"{good[at]:0.0}") : "-";

    private string Title(string minutes)
    {
        int good = truth.CtfA.Count(CollectionState.IsGood), seeds = scores.Max(score => score.TrainingSeeds);
        string learned = seeds < 2 ? "" : Format($"; learners over {seeds} training seeds (sd of their means)");
        return Format($"good holes found ({good} of {truth.CtfA.Count} are good), minutes {minutes}, mean ± sd{learned}");
    }

    private string Name(PlannerScore row) => row.TrainingSeeds > 0 && _trainedOn.Length > 1 ? $"{row.Planner}, trained on {row.TrainedOn}" : row.Planner;

    private Table WithBudgets(Table table)
    {
        table.AddColumn("planner");
        foreach (double budget in _budgets)
            table.AddColumn(new TableColumn(Format($"{budget:0.##} min")).RightAligned());
        return table;
    }

    private string Header(string first, string last)
        => $"| {first} | {string.Join(" | ", _budgets.Select(budget => Format($"{budget:0.##} min")))} |{last}\n| --- |{string.Concat(_budgets.Select(_ => " ---: |"))}{(last.Length > 0 ? " ---: |" : "")}\n";

    private static string Cell(PlannerScore row) => Format($"{row.Mean:0.0} ± {row.Sd:0.0}") + (row.TrainingSeeds > 1 ? Format($" ({row.SeedSd:0.0})") : "");

    private static string Share(double fraction) => double.IsNaN(fraction) ? "" : Format($"{100 * fraction:0.0} %");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
