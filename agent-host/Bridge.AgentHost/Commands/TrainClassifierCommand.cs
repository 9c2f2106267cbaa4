using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Classifier.Training;
using Bridge.Agents.Weights;
using Bridge.Contracts;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host train classifier</c>: learns to tell good holes from their pictures, anew or from the model that is there, and writes the weights if they are better.</summary>
internal static class TrainClassifierCommand
{
    public static Command Create()
    {
        var data = new HoleData("varied");
        var network = new Option<string>("--network") { Description = $"{string.Join(", ", HoleNetworks.Names)}; the ResNets are for a GPU.", DefaultValueFactory = _ => HoleNetworks.Small };
        var width = new Option<int>("--width") { Description = "Channels of the small network's first blocks.", DefaultValueFactory = _ => SmallResNet.DefaultWidth };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the holes.", DefaultValueFactory = _ => new TrainerSettings().Epochs };
        var rate = new Option<double?>("--rate") { Description = "Highest learning rate; default 0.002, and 0.0005 where a model is fine-tuned." };
        var calibration = new Option<string>("--calibration") { Description = $"{string.Join(" or ", Calibrations.Names)}.", DefaultValueFactory = _ => TemperatureScaling.Name };
        var start = new Option<FileInfo?>("--start") { Description = "Weights to go on from. With --session: by default the file of --out, if it is there, else those that came with the program." };
        var field = new Option<double?>("--field") { Description = "What a crop shows along a side, in µm: of --crops, or of sessions whose crops came with score_holes. The host cuts crops of this size from maps for the new weights. Default: as the weights to go on from, else 3.25." };
        var fresh = new Option<bool>("--fresh") { Description = "Begin anew also with --session." };
        Option<int> seed = CommonOptions.Seed();
        var output = new Option<FileInfo>("--out") { Description = "Weights to write, NAME.safetensors, and their card beside them. With --session, weights that are there are replaced only by better ones.", Required = true };
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("classifier", "Learns to tell good holes from their pictures.") { network, width, epochs, rate, calibration, start, field, fresh, seed, output, json };
        data.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            string weights = parsed.GetValue(output)!.FullName;
            if (!weights.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new ContractException(FaultCode.BadField, $"--out must end in .safetensors, got {Path.GetFileName(weights)}");
            CommonOptions.MustBeWritable(parsed.GetValue(output));
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            if (!HoleNetworks.Names.Contains(parsed.GetValue(network)!))
                throw new ContractException(FaultCode.BadField, $"--network must be {string.Join(", ", HoleNetworks.Names)}, got '{parsed.GetValue(network)}'");
            if (!Calibrations.Names.Contains(parsed.GetValue(calibration)!))
                throw new ContractException(FaultCode.BadField, $"--calibration must be {string.Join(" or ", Calibrations.Names)}, got '{parsed.GetValue(calibration)}'");
            int seedValue = CommonOptions.InRange("--seed", parsed.GetValue(seed), 0, 999_999);
            ClassifierModel? there = data.IsSession(parsed) && File.Exists(weights) ? ClassifierModel.Read(weights) : null;
            ClassifierModel? old = parsed.GetValue(fresh) ? null : parsed.GetValue(start) is { } begin ? ClassifierModel.Read(begin.FullName) : there ?? (data.IsSession(parsed) && ClassifierModel.IsShipped ? ClassifierModel.Shipped : null);
            var losses = new List<double>();
            (HoleSet set, ClassifierResult result) = ProgressBar.Run("training classifier", progress =>
            {
                HoleSet holes = data.Read(parsed, seedValue, (old ?? there)?.CropSize, new DirectProgress(done => progress.Report(0.1 * done)), cancellationToken);
                var training = new ClassifierTraining(holes)
                {
                    Network = parsed.GetValue(network)!,
                    Width = CommonOptions.InRange("--width", parsed.GetValue(width), 1, 256),
                    Calibration = parsed.GetValue(calibration)!,
                    Start = old,
                    FieldUm = parsed.GetValue(field) is { } um ? CommonOptions.InRange("--field", um, 0.1, 100) : null,
                    Rival = there,
                    Trainer = new TrainerSettings
                    {
                        Seed = seedValue,
                        Epochs = CommonOptions.InRange("--epochs", parsed.GetValue(epochs), 1, 100_000),
                        LearningRate = CommonOptions.InRange("--rate", parsed.GetValue(rate) ?? (old is null ? new TrainerSettings().LearningRate : 5e-4), 1e-9, 10),
                    },
                    Watch = (_, loss) => losses.Add(loss),
                };
                return (holes, training.Run(new DirectProgress(done => progress.Report(0.1 + 0.9 * done)), cancellationToken));
            });
            ClassifierTables.Print(result);
            CommonOptions.WriteJson(parsed.GetValue(json), "train classifier", seedValue, data.Name(parsed), ClassifierTables.ToJson(result, losses));
            if (!result.IsBetter)
            {
                (double gain, double error) = result.Scores.GainOver(result.Before!);
                throw new ContractException(FaultCode.NotAllowed, Text($"{Path.GetFileName(weights)} is not replaced: on {result.HeldOut.Count} held-out holes the mean squared error of its probabilities is {result.Before!.Brier:0.0000}, the new one's {result.Scores.Brier:0.0000}, which is not better by more than chance ({gain:0.0000} ± {error:0.0000}); give more sessions"));
            }
            Save(result, weights, new Dictionary<string, string>
            {
                [ClassifierModel.SeedKey] = Text($"{seedValue}"),
                [ClassifierModel.EpochsKey] = Text($"{parsed.GetValue(epochs)}"),
                [ClassifierModel.DataKey] = Text($"{data.Name(parsed)}: {result.Training} holes to learn from, {result.Calibrating} to calibrate on"),
                [ClassifierModel.ScoreKey] = Text($"{result.HeldOut.Count} holes of held-out squares: accuracy {result.Scores.Accuracy:0.000}, recall of good {result.Scores.RecallOfGood:0.000}, of bad {result.Scores.RecallOfBad:0.000}, ROC {result.Scores.RocAuc:0.000}, calibration error {result.Raw.ExpectedCalibrationError:0.000} before, {result.Scores.ExpectedCalibrationError:0.000} after"),
            }, $"agent-host {string.Join(' ', parsed.Tokens.Select(token => token.Value))}");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Save(ClassifierResult result, string path, Dictionary<string, string> notes, string command)
    {
        try
        {
            ModelCard.For(path, result.Model.Save(path, notes), command).Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write the weights: {e.Message}", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
