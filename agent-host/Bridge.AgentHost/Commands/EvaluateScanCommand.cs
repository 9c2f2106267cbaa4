using System.CommandLine;
using System.Globalization;
using Bridge.Agents.AdaptiveScan;
using Bridge.Agents.AdaptiveScan.Adaptive;
using Bridge.Agents.AdaptiveScan.Completion;
using Bridge.Agents.AdaptiveScan.Evaluation;
using Bridge.Agents.AdaptiveScan.Images;
using Bridge.Agents.AdaptiveScan.Training;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host evaluate scan</c>.</summary>
internal static class EvaluateScanCommand
{
    private const int SheetRows = 6;

    public static Command Create()
    {
        var data = new ScanData("all", 300, "Images to simulate, where --data is 'simulated'.");
        var paths = new Option<string>("--paths") { Description = $"Paths, with commas: {string.Join(", ", ScanPolicies.Names)}.", DefaultValueFactory = _ => string.Join(',', ScanPolicies.Names) };
        var models = new Option<FileInfo[]>("--model") { Description = "Weights of 'train scan'; again for further seeds: then the standard error is over them. Default: those that came with the program." };
        var coverage = new Option<double>("--coverage") { Description = "Positions as a fraction of the pixels.", DefaultValueFactory = _ => ScanTraining.DefaultCoverage };
        var positions = new Option<int>("--positions") { Description = "Positions of a segment.", DefaultValueFactory = _ => ScanTraining.DefaultPositions };
        var pictures = new Option<DirectoryInfo?>("--pictures") { Description = "Also draw sheets (partial scan, completion, truth, error, expected error) into this folder, PATH.png." };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("scan", "Scans images partially along several paths, completes them and measures the error.") { paths, models, coverage, positions, pictures, seed, json };
        data.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            string[] names = [.. parsed.GetValue(paths)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
            if (names.FirstOrDefault(name => !ScanPolicies.Names.Contains(name)) is { } unknown)
                throw new ContractException(FaultCode.UnknownPolicy, $"there is no scan path '{unknown}'; choose {string.Join(", ", ScanPolicies.Names)}");
            int seedValue = parsed.GetValue(seed);
            double share = parsed.GetValue(coverage) is > 0 and <= 1 and var value ? value : throw new ContractException(FaultCode.BadField, "--coverage must be above 0 and at most 1");
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            IReadOnlyList<ScanImage> images = data.ReadFile(parsed);
            if (images.Count == 0)
                images = ScanImages.Simulate(data.Count(parsed, 1), seedValue);
            List<(ScanCompletion, IErrorModel)> trained = [.. Models(parsed.GetValue(models)).Select(model => (model.Completion, (IErrorModel)model.Errors))];
            var evaluation = new ScanEvaluation(images) { Coverage = share, Positions = CommonOptions.InRange("--positions", parsed.GetValue(positions), 1, 100_000), Seed = seedValue };
            List<ScanScore> scores = ProgressBar.Run("evaluating", progress => names.SelectMany((name, i) =>
            {
                IReadOnlyList<ScanScore> scored = evaluation.Run(name, trained, cancellationToken);
                progress.Report((i + 1.0) / names.Length);
                return scored;
            }).ToList());
            Print(scores);
            if (parsed.GetValue(pictures) is { } folder)
                Draw(folder, evaluation, images, names, trained[0].Item1, trained[0].Item2);
            CommonOptions.WriteJson(parsed.GetValue(json), "evaluate scan", seedValue, data.Name(parsed), new JArray(scores.Select(ToJson)));
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<ScanModel> Models(FileInfo[]? files) => files is null or [] ? [ScanModel.Shipped] : files.Select(file => ScanModel.Read(file.FullName));

    private static void Print(List<ScanScore> scores)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("path", "images");
        foreach (string heading in (ReadOnlySpan<string>)["number", "MSE", "standard error", "PSNR, dB", "SSIM"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (ScanScore score in scores)
            table.AddRow(score.Path, score.Images, Text($"{score.Count}"), Text($"{score.Mse:0.00000}"), Text($"{score.MseError:0.00000}"), Text($"{score.PsnrDb:0.00}"), Text($"{score.Ssim:0.0000}"));
        Terminal.Out.Write(table);
    }

    private static void Draw(DirectoryInfo folder, ScanEvaluation evaluation, IReadOnlyList<ScanImage> images, string[] paths, ScanCompletion completion, IErrorModel errors)
    {
        // Spread over the images of the first one's size, so that the groups are shown.
        int[] same = [.. Enumerable.Range(0, images.Count).Where(i => images[i].Width == images[0].Width && images[i].Height == images[0].Height)];
        int rows = Math.Min(SheetRows, same.Length);
        foreach (string path in paths)
        {
            var sheet = new PictureSheet(images[0].Width, images[0].Height);
            for (int row = 0; row < rows; row++)
            {
                int image = same[(int)((row + 0.5) * same.Length / rows)];
                (PartialScan scan, CompletedScan completed, _) = evaluation.Complete(path, image, completion, errors);
                sheet.Add(images[image], scan, completed);
            }
            try
            {
                folder.Create();
                PngWriter.Write(Path.Combine(folder.FullName, path + ".png"), sheet.Draw());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ContractException(FaultCode.UnreadableFile, $"cannot write pictures into {folder.FullName}: {e.Message}", e);
            }
        }
    }

    private static JObject ToJson(ScanScore score) => new()
    {
        ["path"] = score.Path,
        ["images"] = score.Images,
        ["count"] = score.Count,
        ["models"] = score.Models,
        ["mse"] = score.Mse,
        ["mse_standard_error"] = double.IsNaN(score.MseError) ? JValue.CreateNull() : score.MseError,
        ["psnr_db"] = score.PsnrDb,
        ["ssim"] = score.Ssim,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
