using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Agents.Weights;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host train alignment</c>: learns to align simulated beams and writes the weights.</summary>
internal static class TrainAlignmentCommand
{
    private const string Sac = "sac";

    public static Command Create()
    {
        var policy = new Option<string>("--policy") { Description = $"What learns: {AlignmentPolicies.FirstSight} (any microscope) or {Sac} (the published environment).", DefaultValueFactory = _ => AlignmentPolicies.FirstSight };
        var steps = new Option<int>("--steps") { Description = "Steps to learn.", DefaultValueFactory = _ => 100_000 };
        var hidden = new Option<int>("--hidden") { Description = "Units of each hidden layer.", DefaultValueFactory = _ => new SacSettings().Hidden };
        var from = new Option<FileInfo?>("--from") { Description = "Go on from these weights." };
        var response = new Option<double>("--response") { Description = $"For {Sac}: multiplies what a shift does; 0.75 is the paper's other camera length.", DefaultValueFactory = _ => 1 };
        Option<int> seed = CommonOptions.Seed();
        var output = new Option<FileInfo>("--out") { Description = "Weights to write, and their card beside them.", Required = true };
        var picture = new Option<FileInfo?>("--picture") { Description = "Also draw the learning curve into this file (SVG)." };
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("alignment", "Learns to align simulated beams by soft actor-critic and writes the weights.") { policy, steps, hidden, from, response, seed, output, picture, json };
        command.SetWork((parsed, cancellationToken) => Run(
            parsed.GetValue(policy)!,
            CommonOptions.InRange("--steps", parsed.GetValue(steps), 1, 100_000_000),
            CommonOptions.InRange("--hidden", parsed.GetValue(hidden), 1, 1024),
            parsed.GetValue(from),
            parsed.GetValue(response) is > 0 and <= 100 and var factor ? factor : throw new ContractException(FaultCode.BadField, "--response must be above 0 and at most 100"),
            parsed.GetValue(seed),
            parsed.GetValue(output)!,
            $"agent-host {string.Join(' ', parsed.Tokens.Select(token => token.Value))}",
            parsed.GetValue(picture),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static int Run(string policy, int steps, int hidden, FileInfo? from, double response, int seed, FileInfo output, string command, FileInfo? picture, FileInfo? json, CancellationToken cancellationToken)
    {
        var world = new PublishedAlignmentSettings { Response = response };
        (Func<Random, IAlignmentEnvironment> environment, SacSettings settings, IGoalRelabelling? relabelling) = policy switch
        {
            AlignmentPolicies.FirstSight => ((Func<Random, IAlignmentEnvironment>)(random => new FirstSightEnvironment(new(), new AlignmentEvaluation().Settings, random)), FirstSightEnvironment.Learning, (IGoalRelabelling?)null),
            Sac => (random => new PublishedAlignment(world, random), new SacSettings(), new PublishedAlignment(world, new Random(seed))),
            _ => throw new ContractException(FaultCode.UnknownPolicy, $"policy '{policy}' does not learn; choose {AlignmentPolicies.FirstSight} or {Sac}"),
        };
        settings = settings with { Hidden = hidden };
        IAlignmentEnvironment shape = environment(new Random(seed));
        using SoftActorCritic agent = from is null
            ? new SoftActorCritic(settings, shape.Observations, shape.Actions, seed, relabelling)
            : Using(() => SacFile.Read(from.FullName, policy, shape.Observations, shape.Actions, settings, seed, relabelling), "read");
        var training = new SacTraining(environment, seed) { TestEvery = Math.Max(1, steps / 20), TestEpisodes = 500 };
        IReadOnlyList<SacTest> tests = ProgressBar.Run($"training {policy}", progress => training.Run(agent, steps, progress, null, cancellationToken));
        foreach (SacTest test in tests)
            Terminal.Out.WriteLine(Text($"step {test.Step,8}: {100 * test.Success:0.0} % aligned, {test.StepsMean:0.00} decisions, reward {test.RewardMean:0.00}, {test.Step / test.Seconds:0} steps/s"));
        Using(() =>
        {
            IReadOnlyDictionary<string, string> metadata = SacFile.Save(output.FullName, policy, agent, new Dictionary<string, string>
            {
                [SacFile.SeedKey] = Text($"{seed}"),
                [SacFile.DataKey] = policy == Sac ? Text($"published environment, response {response}") : "simulated beams, random responses",
                [SacFile.ScoreKey] = Text($"{100 * tests[^1].Success:0.0} % of {training.TestEpisodes} test episodes aligned"),
            });
            ModelCard.For(output.FullName, metadata, command).Write(output.FullName);
            if (picture is not null)
                File.WriteAllText(picture.FullName, LearningPicture.Draw(tests, $"{policy}: alignments of test episodes while learning"));
            return true;
        }, "write");
        CommonOptions.WriteJson(json, "train alignment", seed, policy, new JArray(tests.Select(test => ToJson(policy, test))));
        return ExitCode.Done;
    }

    private static JObject ToJson(string policy, SacTest test) => new()
    {
        ["policy"] = policy,
        ["step"] = test.Step,
        ["success"] = test.Success,
        ["decisions_mean"] = double.IsNaN(test.StepsMean) ? JValue.CreateNull() : test.StepsMean,
        ["reward_mean"] = test.RewardMean,
        ["seconds"] = test.Seconds,
    };

    private static T Using<T>(Func<T> use, string verb)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot {verb} the weights: {e.Message}", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
