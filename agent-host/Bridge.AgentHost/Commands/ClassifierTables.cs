using System.Globalization;
using Bridge.Agents.Classifier.Evaluation;
using Bridge.Agents.Classifier.Training;
using Bridge.Agents.Planning.Evaluation;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>train classifier</c> and <c>evaluate classifier</c> print and write.</summary>
internal static class ClassifierTables
{
    public static void Print(ClassifierResult result)
    {
        Terminal.Out.WriteLine(Text($"{result.Training} holes to learn from, {result.Calibrating} to calibrate on; measured on {result.HeldOut.Count} holes of other squares"));
        var rows = new List<(string, ClassifierScores)> { ("new, not calibrated", result.Raw), ("new", result.Scores) };
        if (result.Before is { } before)
            rows.Add(("the one to beat", before));
        Print(rows);
    }

    public static void Print(IReadOnlyList<(string Name, ClassifierScores Scores)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("classifier");
        foreach (string heading in (ReadOnlySpan<string>)["holes", "accuracy", "of good", "of bad", "precision", "ROC area", "calibration error", "Brier"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach ((string name, ClassifierScores scores) in rows)
        {
            table.AddRow(Markup.Escape(name), Text($"{scores.Count}"), Text($"{scores.Accuracy:0.000}"), Text($"{scores.RecallOfGood:0.000}"), Text($"{scores.RecallOfBad:0.000}"), Text($"{scores.Precision:0.000}"),
                Text($"{scores.RocAuc:0.000}"), Text($"{scores.ExpectedCalibrationError:0.000}"), Text($"{scores.Brier:0.000}"));
        }
        Terminal.Out.Write(table);
    }

    /// <summary>What the classifier called good and bad, and how often its probabilities came true.</summary>
    public static void PrintConfusion(ClassifierScores scores)
    {
        var confusion = new Table().Border(TableBorder.Rounded).AddColumn("measured").AddColumn(new TableColumn("called good").RightAligned()).AddColumn(new TableColumn("called bad").RightAligned());
        foreach (bool good in (ReadOnlySpan<bool>)[true, false])
            confusion.AddRow(good ? "good" : "bad", Text($"{scores.Confusion(good, calledGood: true)}"), Text($"{scores.Confusion(good, calledGood: false)}"));
        Terminal.Out.Write(confusion);
        var reliability = new Table().Border(TableBorder.Rounded).AddColumn("P(good) from");
        foreach (string heading in (ReadOnlySpan<string>)["holes", "said", "came"])
            reliability.AddColumn(new TableColumn(heading).RightAligned());
        foreach ((double from, long count, double said, double good) in scores.Reliability.Rows)
            reliability.AddRow(Text($"{from:0.0}"), Text($"{count}"), Text($"{said:0.000}"), Text($"{good:0.000}"));
        Terminal.Out.Write(reliability);
    }

    public static void PrintReward(string planner, IReadOnlyList<PlannerScore> rows)
    {
        double[] budgets = [.. rows.Select(row => row.BudgetMinutes).Distinct()];
        var table = new Table().Border(TableBorder.Rounded).Title("good holes found, mean ± sd").AddColumns("planner", "told");
        foreach (double budget in budgets)
            table.AddColumn(new TableColumn(Text($"{budget:0.##} min")).RightAligned());
        table.AddColumn(new TableColumn("of the oracle").RightAligned());
        foreach (IGrouping<(string, string), PlannerScore> line in rows.GroupBy(row => (row.Planner, row.Split)))
            table.AddRow([line.Key.Item1, line.Key.Item2, .. line.Select(row => Text($"{row.Mean:0.0} ± {row.Sd:0.0}")), Text($"{100 * line.Last().OracleFraction:0.0} %")]);
        Terminal.Out.Write(table);
    }

    public static JArray ToJson(ClassifierResult result, IReadOnlyList<double> losses)
    {
        JObject raw = ToJson("new_raw", result.Raw), scores = ToJson("new", result.Scores);
        (scores["training_holes"], scores["calibration_holes"], scores["losses"]) = (result.Training, result.Calibrating, new JArray(losses.Select(loss => (JToken)loss)));
        return result.Before is { } before ? [scores, raw, ToJson("before", before)] : [scores, raw];
    }

    public static JObject ToJson(string classifier, ClassifierScores scores) => new()
    {
        ["classifier"] = classifier,
        ["holes"] = scores.Count,
        ["accuracy"] = scores.Accuracy,
        ["recall_good"] = Number(scores.RecallOfGood),
        ["recall_bad"] = Number(scores.RecallOfBad),
        ["precision"] = Number(scores.Precision),
        ["roc_area"] = Number(scores.RocAuc),
        ["calibration_error"] = scores.ExpectedCalibrationError,
        ["brier"] = scores.Brier,
        ["good_called_good"] = scores.Confusion(true, true),
        ["good_called_bad"] = scores.Confusion(true, false),
        ["bad_called_good"] = scores.Confusion(false, true),
        ["bad_called_bad"] = scores.Confusion(false, false),
    };

    public static JObject ToJson(PlannerScore row) => new()
    {
        ["planner"] = row.Planner,
        ["told"] = row.Split,
        ["budget_min"] = row.BudgetMinutes,
        ["starts"] = row.Starts,
        ["mean"] = row.Mean,
        ["sd"] = row.Sd,
        ["oracle_fraction"] = Number(row.OracleFraction),
    };

    private static JToken Number(double value) => double.IsNaN(value) ? JValue.CreateNull() : value;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
