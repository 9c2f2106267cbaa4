using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host evaluate alignment</c>.</summary>
internal static class EvaluateAlignmentCommand
{
    public static Command Create()
    {
        var policy = new Option<string>("--policy") { Description = $"Policies, with commas: {string.Join(", ", AlignmentPolicies.Names)}.", DefaultValueFactory = _ => string.Join(',', AlignmentPolicies.Names) };
        var episodes = new Option<int>("--episodes") { Description = "Alignments, each with a response of its own.", DefaultValueFactory = _ => 1000 };
        var tolerance = new Option<double>("--tolerance") { Description = "Aligned within this distance, in px.", DefaultValueFactory = _ => 1 };
        var noise = new Option<double>("--noise") { Description = "Standard deviation of a measured coordinate, in px.", DefaultValueFactory = _ => new DiffractionAlignmentSettings().NoisePx };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("alignment", "Aligns simulated beams of random rotation, scale, shear and flip, and counts successes and steps.") { policy, episodes, tolerance, noise, seed, json };
        command.SetWork((parsed, cancellationToken) => Run(
            parsed.GetValue(policy)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            CommonOptions.InRange("--episodes", parsed.GetValue(episodes), 1, 1_000_000),
            InRange("--tolerance", parsed.GetValue(tolerance), 0.001, 500),
            InRange("--noise", parsed.GetValue(noise), 0, 100),
            parsed.GetValue(seed),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static int Run(string[] policies, int episodes, double tolerance, double noise, int seed, FileInfo? json, CancellationToken cancellationToken)
    {
        var defaults = new AlignmentEvaluation();
        var evaluation = new AlignmentEvaluation
        {
            Seed = seed,
            Settings = defaults.Settings with { Tolerance = tolerance },
            Microscope = defaults.Microscope with { NoisePx = noise },
        };
        IReadOnlyList<AlignmentScore> scores = ProgressBar.Run("evaluating", progress => evaluation.Run(policies, episodes, progress, cancellationToken));
        Print(scores);
        CommonOptions.WriteJson(json, "evaluate alignment", seed, AlignmentEvaluation.Environment, new JArray(scores.Select(ToJson)));
        return ExitCode.Done;
    }

    private static void Print(IReadOnlyList<AlignmentScore> scores)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("environment", "policy");
        foreach (string heading in (ReadOnlySpan<string>)["episodes", "success", "mean steps", "RMS error, px"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (AlignmentScore score in scores)
            table.AddRow(score.Environment, score.Policy, Format($"{score.Episodes}"), Format($"{100 * score.Success:0.00} %"), Format($"{score.StepsMean:0.00}"), Format($"{score.RmsPx:0.00}"));
        Terminal.Out.Write(table);
    }

    private static JObject ToJson(AlignmentScore score) => new()
    {
        ["environment"] = score.Environment,
        ["policy"] = score.Policy,
        ["episodes"] = score.Episodes,
        ["success"] = Number(score.Success),
        ["steps_mean"] = Number(score.StepsMean),
        ["rms_px"] = Number(score.RmsPx),
    };

    private static JValue Number(double value) => double.IsNaN(value) ? JValue.CreateNull() : new JValue(value);

    private static double InRange(string option, double value, double min, double max)
        => value >= min && value <= max ? value : throw new ContractException(FaultCode.BadField, Format($"{option} must be {min} to {max}, got {value}"));

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
