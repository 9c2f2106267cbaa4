using System.Globalization;
using Bridge.Agents.Alignment.Evaluation;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>What <c>evaluate alignment</c> prints and writes.</summary>
internal static class AlignmentTables
{
    public static void Print(IReadOnlyList<PublishedScore> scores)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("policy");
        foreach (string heading in (ReadOnlySpan<string>)["steps learned", "seeds", "success", "worst seed", "mean steps", "RMS error, px", "steps/s"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (PublishedScore score in scores)
        {
            table.AddRow(score.Policy, Format($"{score.TrainingSteps}"), Format($"{score.Seeds}"), Format($"{100 * score.Success:0.00} %"), Format($"{100 * score.WorstSuccess:0.00} %"),
                Format($"{score.StepsMean:0.00}"), Format($"{score.RmsPx:0.00}"), Format($"{score.StepsPerSecond:0}"));
        }
        Terminal.Out.Write(table);
    }

    public static JObject ToJson(PublishedScore score) => new()
    {
        ["environment"] = PublishedEvaluation.Environment,
        ["policy"] = score.Policy,
        ["training_steps"] = score.TrainingSteps,
        ["training_seeds"] = score.Seeds,
        ["success"] = score.Success,
        ["worst_success"] = score.WorstSuccess,
        ["steps_mean"] = Number(score.StepsMean),
        ["rms_px"] = Number(score.RmsPx),
        ["training_steps_per_s"] = score.StepsPerSecond,
    };

    public static void Print(IReadOnlyList<AlignmentScore> scores)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("environment", "policy");
        foreach (string heading in (ReadOnlySpan<string>)["episodes", "success", "mean steps", "mean pictures", "RMS error, px"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (AlignmentScore score in scores)
            table.AddRow(score.Environment, score.Policy, Format($"{score.Episodes}"), Format($"{100 * score.Success:0.00} %"), Format($"{score.StepsMean:0.00}"), Format($"{score.PicturesMean:0.00}"), Format($"{score.RmsPx:0.00}"));
        Terminal.Out.Write(table);
    }

    public static JObject ToJson(AlignmentScore score) => new()
    {
        ["environment"] = score.Environment,
        ["policy"] = score.Policy,
        ["episodes"] = score.Episodes,
        ["success"] = Number(score.Success),
        ["steps_mean"] = Number(score.StepsMean),
        ["pictures_mean"] = Number(score.PicturesMean),
        ["rms_px"] = Number(score.RmsPx),
    };

    private static JValue Number(double value) => double.IsNaN(value) ? JValue.CreateNull() : new JValue(value);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
