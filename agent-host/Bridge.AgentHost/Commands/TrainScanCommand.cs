using System.CommandLine;
using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Training;
using Bridge.Agents.Weights;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host train scan</c>: learns to complete partial scans and to lead adaptive ones, and writes the weights.</summary>
internal static class TrainScanCommand
{
    private const string Common = "common";

    public static Command Create()
    {
        var data = new ScanData("train", 900, "Simulated images to learn on, beside those of the file.");
        var steps = new Option<int>("--steps") { Description = "Steps of the generator.", DefaultValueFactory = _ => new GeneratorSettings().Steps };
        var batch = new Option<int>("--batch") { Description = "Scans a step.", DefaultValueFactory = _ => new GeneratorSettings().Batch };
        var width = new Option<int>("--width") { Description = "Channels of the generator.", DefaultValueFactory = _ => new GeneratorSettings().Width };
        var path = new Option<string>("--path") { Description = $"Learn on one path alone ({string.Join(", ", ScanPolicies.Names)}) or on a mixture of all ({Common}).", DefaultValueFactory = _ => Common };
        var errors = new Option<FileInfo?>("--errors") { Description = "Only a generator, with the error model of these weights; without it an error model is learned too." };
        var histories = new Option<int>("--histories") { Description = "Scans that the generator learns on.", DefaultValueFactory = _ => ScanTraining.DefaultHistories };
        var errorScans = new Option<int>("--error-scans") { Description = "Scans that the error model learns on.", DefaultValueFactory = _ => ScanTraining.DefaultErrorScans };
        Option<int> seed = CommonOptions.Seed();
        var output = new Option<FileInfo>("--out") { Description = "Weights to write, NAME.safetensors, and their card beside them.", Required = true };
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("scan", "Learns to complete partial scans and to lead adaptive ones.") { steps, batch, width, path, errors, histories, errorScans, seed, output, json };
        data.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            string weights = parsed.GetValue(output)!.FullName, source = data.Name(parsed);
            if (!weights.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new ContractException(FaultCode.BadField, $"--out must end in .safetensors, got {Path.GetFileName(weights)}");
            CommonOptions.MustBeWritable(parsed.GetValue(output));
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            int seedValue = CommonOptions.InRange("--seed", parsed.GetValue(seed), 0, 9_999), simulated = data.Count(parsed, 0);
            string route = parsed.GetValue(path)!;
            if (route != Common && !ScanPolicies.Names.Contains(route))
                throw new ContractException(FaultCode.UnknownPolicy, $"there is no scan path '{route}'; choose {Common}, {string.Join(", ", ScanPolicies.Names)}");
            ScanModel? leading = parsed.GetValue(errors) is { } file ? ScanModel.Read(file.FullName) : null;
            var losses = new List<(int Step, double Mse)>();
            var training = new ScanTraining([.. data.ReadFile(parsed), .. ScanImages.Simulate(simulated, SimulationSeed(seedValue))])
            {
                Seed = seedValue,
                Histories = CommonOptions.InRange("--histories", parsed.GetValue(histories), 1, 1_000_000),
                ErrorScans = CommonOptions.InRange("--error-scans", parsed.GetValue(errorScans), 1, 1_000_000),
                Mixture = route == Common ? PathMixture.Common : PathMixture.Only(route),
                Generator = new GeneratorSettings
                {
                    Steps = CommonOptions.InRange("--steps", parsed.GetValue(steps), 3, 10_000_000),
                    Batch = CommonOptions.InRange("--batch", parsed.GetValue(batch), 1, 1024),
                    Width = CommonOptions.InRange("--width", parsed.GetValue(width), 1, 256),
                },
                Watch = (step, loss) => losses.Add((step, loss)),
            };
            ScanModel model = ProgressBar.Run("training scan", progress => leading is null
                ? training.Run(progress, cancellationToken)
                : leading.With(training.RunGenerator(leading.Errors, progress, cancellationToken)));
            Save(model, weights, new Dictionary<string, string>
            {
                [ScanModel.SeedKey] = Text($"{seedValue}"),
                [ScanModel.PathKey] = route,
                [ScanModel.StepsKey] = Text($"{training.Generator.Steps}"),
                [ScanModel.DataKey] = source == ScanData.Simulated ? Text($"{simulated} simulated images") : Text($"training groups of {Path.GetFileName(source)} and {simulated} simulated images"),
                [ScanModel.ScoreKey] = losses.Count == 0 ? "not measured: fewer than 100 steps" : Text($"training MSE {losses[^1].Mse:0.0000} in the last 100 steps"),
            }, $"agent-host {string.Join(' ', parsed.Tokens.Select(token => token.Value))}");
            foreach ((int step, double mse) in losses.Where((_, i) => (i + 1) % Math.Max(1, losses.Count / 10) == 0))
                Terminal.Out.WriteLine(Text($"step {step,6}: MSE {mse:0.00000}"));
            CommonOptions.WriteJson(parsed.GetValue(json), "train scan", seedValue, source, new JArray(losses.Select(loss => new JObject { ["step"] = loss.Step, ["mse"] = loss.Mse })));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Seed of the specimens to train on; those to evaluate on have others.</summary>
    internal static int SimulationSeed(int seed) => 1_000_000 + seed;

    private static void Save(ScanModel model, string path, Dictionary<string, string> notes, string command)
    {
        try
        {
            ModelCard.For(path, model.Save(path, notes), command).Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write the weights: {e.Message}", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
