using System.CommandLine;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Evaluation;
using Bridge.Agents.Alignment.FirstSight;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host evaluate alignment</c>.</summary>
internal static class EvaluateAlignmentCommand
{
    private const string Sac = "sac", Faults = "faults";

    public static Command Create()
    {
        var environment = new Option<string>("--environment") { Description = $"{AlignmentEvaluation.Environment}: another rotation, scale, shear and flip each time; {InstrumentEvaluation.Environment}: one microscope, which {Sac} learns while it aligns; {PublishedEvaluation.Environment}: the paper's code.", DefaultValueFactory = _ => AlignmentEvaluation.Environment };
        var policy = new Option<string?>("--policy") { Description = $"Policies, with commas: {string.Join(", ", AlignmentPolicies.Names)}; {Sac} learns here, in the environments {InstrumentEvaluation.Environment} and {PublishedEvaluation.Environment}." };
        var episodes = new Option<int>("--episodes") { Description = "Alignments of each policy.", DefaultValueFactory = _ => 1000 };
        var tolerance = new Option<double>("--tolerance") { Description = "Aligned within this distance, in px; truthful environment.", DefaultValueFactory = _ => 1 };
        var noise = new Option<double>("--noise") { Description = "Standard deviation of a measured coordinate, in px; truthful environment.", DefaultValueFactory = _ => new DiffractionAlignmentSettings().NoisePx };
        BeamOptions beam = new();
        var model = new Option<FileInfo?>("--model") { Description = $"Weights for {AlignmentPolicies.FirstSight}; default: those that came with the program." };
        var study = new Option<string>("--study") { Description = $"What to vary. Truthful environment: {Faults}, all that may be wrong with a microscope. Published, for {Sac}: {string.Join(", ", PublishedTraining.Studies.Skip(1))} (the paper's figures 5 to 8).", DefaultValueFactory = _ => PublishedTraining.Studies[0] };
        var seeds = new Option<int>("--training-seeds") { Description = $"Seeds that {Sac} is trained with, or microscopes that it learns.", DefaultValueFactory = _ => 5 };
        var changes = new Option<int>("--changes-at") { Description = "Instrument environment: steps after which the microscope reacts in another way; 0 never." };
        var picture = new Option<FileInfo?>("--picture") { Description = "Also draw the ways of six beams into this file (SVG); truthful environment, first policy." };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("alignment", "Aligns simulated beams and counts successes and steps.") { environment, policy, episodes, tolerance, noise, model, study, seeds, changes, picture, seed, json };
        beam.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            int episodesValue = CommonOptions.InRange("--episodes", parsed.GetValue(episodes), 1, 1_000_000), seedValue = parsed.GetValue(seed);
            string world = parsed.GetValue(environment)!;
            if (world == PublishedEvaluation.Environment)
            {
                string[] names = Names(parsed.GetValue(policy) ?? $"{Sac},{AlignmentPolicies.LeastSquares},{AlignmentPolicies.KnownMatrix}");
                return RunPublished(names, parsed.GetValue(study)!, episodesValue, CommonOptions.InRange("--training-seeds", parsed.GetValue(seeds), 1, 100), seedValue, parsed.GetValue(json), cancellationToken);
            }
            if (world is not (AlignmentEvaluation.Environment or InstrumentEvaluation.Environment))
                throw new ContractException(FaultCode.BadField, $"there is no environment '{world}'; choose {AlignmentEvaluation.Environment}, {InstrumentEvaluation.Environment} or {PublishedEvaluation.Environment}");
            string studyValue = parsed.GetValue(study)!;
            if (studyValue != Faults && studyValue != PublishedTraining.Studies[0])
                throw new ContractException(FaultCode.BadField, $"there is no study '{studyValue}' in the {world} environment; choose {Faults}, or --environment {PublishedEvaluation.Environment}");
            var defaults = new AlignmentEvaluation();
            var evaluation = new AlignmentEvaluation
            {
                Seed = seedValue,
                Settings = defaults.Settings with { Tolerance = CommonOptions.InRange("--tolerance", parsed.GetValue(tolerance), 0.001, 500) },
                Microscope = beam.Apply(parsed, defaults.Microscope with { NoisePx = CommonOptions.InRange("--noise", parsed.GetValue(noise), 0, 100) }),
                FirstSight = parsed.GetValue(model) is { } file ? FirstSightModel.Read(file.FullName) : null,
            };
            IReadOnlyList<string> usable = evaluation.FirstSight is null ? AlignmentPolicies.Usable : [.. AlignmentPolicies.Names.Where(name => name != Sac)];
            if (world == InstrumentEvaluation.Environment)
            {
                var instrument = new InstrumentEvaluation
                {
                    Seed = seedValue,
                    Usual = evaluation,
                    Microscopes = CommonOptions.InRange("--training-seeds", parsed.GetValue(seeds), 1, 100),
                    ChangesAt = CommonOptions.InRange("--changes-at", parsed.GetValue(changes), 0, 2000),
                };
                return RunInstrument(instrument, Names(parsed.GetValue(policy) ?? $"{Sac},{AlignmentPolicies.LeastSquares},{AlignmentPolicies.KnownMatrix}"), parsed.GetValue(json), cancellationToken);
            }
            string[] policies = Names(parsed.GetValue(policy) ?? string.Join(',', usable));
            return studyValue == Faults
                ? RunFaults(evaluation, policies, episodesValue, parsed.GetValue(json), cancellationToken)
                : Run(evaluation, policies, episodesValue, parsed.GetValue(picture), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static int Run(AlignmentEvaluation evaluation, string[] policies, int episodes, FileInfo? picture, FileInfo? json, CancellationToken cancellationToken)
    {
        IReadOnlyList<AlignmentScore> scores = ProgressBar.Run("evaluating", progress => evaluation.Run(policies, episodes, progress, cancellationToken));
        AlignmentTables.Print(scores);
        if (picture is not null)
            EvaluationFiles.Write(picture.FullName, evaluation.Draw(policies[0], beams: 6));
        CommonOptions.WriteJson(json, "evaluate alignment", evaluation.Seed, AlignmentEvaluation.Environment, new JArray(scores.Select(AlignmentTables.ToJson)));
        return ExitCode.Done;
    }

    private static int RunFaults(AlignmentEvaluation usual, string[] policies, int episodes, FileInfo? json, CancellationToken cancellationToken)
    {
        var faults = AlignmentFaults.All(usual.Microscope);
        List<AlignmentScore> scores = ProgressBar.Run("evaluating", progress => faults.SelectMany((fault, i) =>
            usual.With(fault.Name, fault.Microscope).Run(policies, episodes, new DirectProgress(done => progress.Report((i + done) / faults.Count)), cancellationToken)).ToList());
        AlignmentTables.Print(scores);
        CommonOptions.WriteJson(json, "evaluate alignment", usual.Seed, AlignmentEvaluation.Environment, new JArray(scores.Select(AlignmentTables.ToJson)));
        return ExitCode.Done;
    }

    private static int RunInstrument(InstrumentEvaluation evaluation, string[] policies, FileInfo? json, CancellationToken cancellationToken)
    {
        IReadOnlyList<AlignmentScore> scores = ProgressBar.Run("evaluating", progress => evaluation.Run(policies, progress, cancellationToken));
        AlignmentTables.Print(scores);
        CommonOptions.WriteJson(json, "evaluate alignment", evaluation.Seed, InstrumentEvaluation.Environment, new JArray(scores.Select(AlignmentTables.ToJson)));
        return ExitCode.Done;
    }

    private static int RunPublished(string[] policies, string study, int episodes, int seeds, int seed, FileInfo? json, CancellationToken cancellationToken)
    {
        if (!PublishedTraining.Studies.Contains(study))
            throw new ContractException(FaultCode.BadField, $"there is no study '{study}'; choose {string.Join(", ", PublishedTraining.Studies)}");
        var rows = new JArray();
        var fixedPolicies = new List<AlignmentScore>();
        foreach (string policy in policies.Where(policy => policy != Sac))
            fixedPolicies.Add(new PublishedEvaluation { Seed = seed }.Run(policy, episodes, cancellationToken));
        AlignmentTables.Print(fixedPolicies);
        foreach (AlignmentScore score in fixedPolicies)
            rows.Add(AlignmentTables.ToJson(score));
        if (policies.Contains(Sac))
        {
            IReadOnlyList<PublishedTraining> variants = PublishedTraining.Study(study);
            List<PublishedScore> trained = ProgressBar.Run("training", progress => variants.SelectMany((variant, i) =>
                (variant with { Episodes = episodes, Seeds = seeds, Seed = seed }).Run(new DirectProgress(done => progress.Report((i + done) / variants.Count)), cancellationToken)).ToList());
            AlignmentTables.Print(trained);
            foreach (PublishedScore score in trained)
                rows.Add(AlignmentTables.ToJson(score));
        }
        CommonOptions.WriteJson(json, "evaluate alignment", seed, PublishedEvaluation.Environment, rows);
        return ExitCode.Done;
    }

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
