using System.CommandLine;
using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Crdpg;
using Bridge.Agents.AdaptiveScan.Evaluation;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Training;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host train crdpg</c>: the paper's algorithm with its studies, measured on images of other groups beside a spiral whose generator learned as long.</summary>
internal static class TrainCrdpgCommand
{
    private const string Crdpg = "crdpg";

    public static Command Create()
    {
        CrdpgSettings defaults = new();
        var data = new ScanData("train", 900, "Simulated images to learn on, beside those of the file.");
        var steps = new Option<int>("--steps") { Description = "Iterations.", DefaultValueFactory = _ => defaults.Iterations };
        var cell = new Option<RecurrentCellKind>("--cell") { Description = "Memory of actor and critic: lstm or gru.", DefaultValueFactory = _ => defaults.Cell };
        var hidden = new Option<int>("--hidden") { Description = "Units of a layer.", DefaultValueFactory = _ => defaults.Hidden };
        var replay = new Option<int>("--replay") { Description = "Histories that are kept.", DefaultValueFactory = _ => defaults.Replay };
        var penalty = new Option<double>("--over-edge-penalty") { Description = "Loss of an action that leaves the image.", DefaultValueFactory = _ => defaults.OverEdgePenalty };
        var decay = new Option<double>("--target-decay") { Description = "Share of the target networks that stays at an iteration; short trainings need less than the paper's.", DefaultValueFactory = _ => defaults.TargetDecay };
        var noNormalisation = new Option<bool>("--no-normalisation") { Description = "Losses are not divided by their running mean." };
        var noClipping = new Option<bool>("--no-clipping") { Description = "Losses are not clipped." };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds, from --seed on.", DefaultValueFactory = _ => 1 };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("crdpg", "Trains partial scans by CRDPG (Ede 2021) and measures them beside a spiral.") { steps, cell, hidden, replay, penalty, decay, noNormalisation, noClipping, seeds, seed, json };
        data.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            var settings = new CrdpgSettings
            {
                Iterations = CommonOptions.InRange("--steps", parsed.GetValue(steps), 1, 10_000_000),
                Cell = parsed.GetValue(cell),
                Hidden = CommonOptions.InRange("--hidden", parsed.GetValue(hidden), 1, 1024),
                Replay = CommonOptions.InRange("--replay", parsed.GetValue(replay), 1, 1_000_000),
                OverEdgePenalty = parsed.GetValue(penalty) is >= 0 and <= 100 and var value ? value : throw new ContractException(FaultCode.BadField, "--over-edge-penalty must be 0 to 100"),
                TargetDecay = parsed.GetValue(decay) is >= 0 and < 1 and var kept ? kept : throw new ContractException(FaultCode.BadField, "--target-decay must be at least 0 and below 1"),
                NormaliseLosses = !parsed.GetValue(noNormalisation),
                ClipLosses = !parsed.GetValue(noClipping),
            };
            int first = CommonOptions.InRange("--seed", parsed.GetValue(seed), 0, 9_999), count = CommonOptions.InRange("--seeds", parsed.GetValue(seeds), 1, 100);
            IReadOnlyList<ScanImage> images = data.ReadFile(parsed), test = data.ReadTest(parsed);
            var rows = new JArray();
            var table = new Table().Border(TableBorder.Rounded).AddColumns("path", "seed", "images").AddColumn(new TableColumn("MSE").RightAligned());
            ProgressBar.Run("training crdpg", progress =>
            {
                for (int i = 0; i < count; i++)
                {
                    int at = i;
                    List<ScanImage> learn = [.. images, .. ScanImages.Simulate(data.Count(parsed, 0), TrainScanCommand.SimulationSeed(first + i))];
                    var share = new DirectProgress(done => progress.Report((at + done) / count));
                    foreach ((string path, double[] errors) in Compare(learn, test, settings, first + i, share, cancellationToken))
                        Add(path, first + at, errors);
                }
                return count;
            });
            Terminal.Out.Write(table);
            CommonOptions.WriteJson(parsed.GetValue(json), "train crdpg", first, data.Name(parsed), rows);
            return ExitCode.Done;

            void Add(string path, int seedOf, double[] errors)
            {
                foreach ((string name, bool? inPart) in ((string, bool?)[])[(ScanEvaluation.All, null), (ScanEvaluation.Part, true), (ScanEvaluation.Whole, false)])
                {
                    double[] chosen = [.. errors.Where((_, k) => inPart is null || test[k].IsInPart == inPart)];
                    if (chosen.Length == 0)
                        continue;
                    table.AddRow(path, Text($"{seedOf}"), name, Text($"{chosen.Average():0.00000}"));
                    rows.Add(new JObject { ["path"] = path, ["seed"] = seedOf, ["images"] = name, ["count"] = chosen.Length, ["mse"] = chosen.Average(), ["steps"] = settings.Iterations });
                }
            }
        });
        return command;
    }

    /// <summary>CRDPG, and a spiral with a generator of its own: the same images, iterations, batches and learning rates.</summary>
    private static IEnumerable<(string Path, double[] Errors)> Compare(List<ScanImage> learn, IReadOnlyList<ScanImage> test, CrdpgSettings settings, int seed, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var spiral = new ScanTraining(learn)
        {
            Mixture = PathMixture.Only(ScanPolicies.Spiral),
            Generator = new GeneratorSettings { Steps = settings.Iterations, Schedule = LearningRateSchedule.Cyclic, LearningRate = 0.003 },
            Seed = seed,
        };
        using (var training = new CrdpgTraining(learn, spiral.Geometry, settings, new GeneratorSettings(), seed))
        {
            training.Run(progress, cancellationToken);
            yield return (Crdpg, [.. training.Evaluate(test)]);
        }
        var completion = new ScanCompletion(spiral.RunGenerator(new LocalVariance(), null, cancellationToken));
        var evaluation = new ScanEvaluation(test);
        yield return (ScanPolicies.Spiral, [.. Enumerable.Range(0, test.Count).Select(i => evaluation.Complete(ScanPolicies.Spiral, i, completion, new LocalVariance()).Quality.Mse)]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
