using System.Globalization;
using System.Text;
using Bridge.Agents.Classifier.SemiSupervised.Evaluation;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>evaluate ssl</c> prints and writes.</summary>
internal static class SslTables
{
    private static readonly string[] s_headings =
        ["labels, %", "method", "runs", "accuracy", "accuracy, last round", "AUC", "RL reward", "RL reward, last round", "good holes", "paper: accuracy", "paper: RL reward"];

    public static void Print(IReadOnlyList<SslScore> scores)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (string heading in s_headings)
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (SslScore score in scores)
            table.AddRow([.. Cells(score).Select(Markup.Escape)]);
        Terminal.Out.Write(table);
    }

    public static string ToMarkdown(IReadOnlyList<SslScore> scores)
    {
        var text = new StringBuilder($"| {string.Join(" | ", s_headings)} |\n|{string.Concat(Enumerable.Repeat(" --- |", s_headings.Length))}\n");
        foreach (SslScore score in scores)
            text.Append($"| {string.Join(" | ", Cells(score))} |\n");
        return text.ToString();
    }

    public static JObject ToJson(SslScore score)
    {
        var row = new JObject { ["method"] = score.Method, ["labels_percent"] = score.LabelsPercent, ["runs"] = score.Runs };
        foreach ((string name, Spread spread) in ((string, Spread)[])[("accuracy", score.Accuracy), ("accuracy_last_round", score.LastAccuracy), ("auc", score.Auc),
            ("reward", score.Reward), ("reward_last_round", score.LastReward), ("good_holes", score.Good)])
        {
            row[name] = Number(spread.Mean);
            row[name + "_sd"] = Number(spread.Deviation);
        }
        return row;
    }

    public static JObject ToJson(SslRun run) => new()
    {
        ["method"] = run.Method,
        ["labels_percent"] = run.LabelsPercent,
        ["run"] = run.Run,
        ["seconds"] = Math.Round(run.Seconds, 1),
        ["coverage"] = Number(run.Coverage),
        ["confident_accuracy"] = Number(run.ConfidentAccuracy),
        ["rounds"] = new JArray(run.Rounds.Select(round => new JObject
        {
            ["round"] = round.Number,
            ["accuracy"] = Number(round.Accuracy),
            ["precision"] = Number(round.Precision),
            ["auc"] = Number(round.Auc),
            ["reward"] = Number(round.Reward),
            ["good_holes"] = Number(round.Good),
            ["pseudo_accuracy"] = Number(round.PseudoAccuracy),
            ["pseudo_precision"] = Number(round.PseudoPrecision),
            ["confidence"] = Number(round.Confidence),
        })),
    };

    /// <summary>The run that <see cref="ToJson(SslRun)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static SslRun RunOf(JToken token)
    {
        if (token is not JObject run || run["rounds"] is not JArray { Count: > 0 } rounds || (string?)run["method"] is not { } method || !SslMethods.Names.Contains(method))
            throw new InvalidDataException("a run has no method that is known, or no rounds");
        return new SslRun(method, Value(run, "labels_percent"), (int?)run["run"] ?? throw new InvalidDataException("a run has no number"), [.. rounds.Select(RoundOf)], Value(run, "seconds"))
        {
            Coverage = Value(run, "coverage"),
            ConfidentAccuracy = Value(run, "confident_accuracy"),
        };
    }

    private static SslRound RoundOf(JToken token) => token is JObject round
        ? new SslRound((int?)round["round"] ?? 0, Value(round, "accuracy"), Value(round, "precision"), Value(round, "auc"), Value(round, "reward"), Value(round, "good_holes"))
        {
            PseudoAccuracy = Value(round, "pseudo_accuracy"),
            PseudoPrecision = Value(round, "pseudo_precision"),
            Confidence = Value(round, "confidence"),
        }
        : throw new InvalidDataException("a round is no object");

    private static double Value(JObject from, string name) => (double?)from[name] ?? double.NaN;

    private static JValue Number(double value) => double.IsNaN(value) ? JValue.CreateNull() : new JValue(value);

    private static string[] Cells(SslScore score)
    {
        (double accuracy, double reward, double deviation) = PublishedSsl.Table1(score.Method, score.LabelsPercent);
        return
        [
            Text($"{score.LabelsPercent:0.##}"), score.Method, Text($"{score.Runs}"), Spread(score.Accuracy, "0.0000"), Spread(score.LastAccuracy, "0.0000"), Spread(score.Auc, "0.000"),
            Spread(score.Reward, "0.0"), Spread(score.LastReward, "0.0"), Spread(score.Good, "0.0"),
            double.IsNaN(accuracy) ? "" : Text($"{accuracy:0.0000}"), double.IsNaN(reward) ? "" : Text($"{reward:0.00} ± {deviation:0.0}"),
        ];
    }

    private static string Spread(Spread spread, string format)
    {
        string mean = spread.Mean.ToString(format, CultureInfo.InvariantCulture);
        return double.IsNaN(spread.Deviation) ? mean : $"{mean} ± {spread.Deviation.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
