using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Calibration;
using Bridge.Agents.Classifier.Evaluation;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Contracts;
using Bridge.Domain.Images;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host evaluate classifier</c>: how good a classifier is, how far its probabilities can be believed, and what they are worth to a planner.</summary>
internal static class EvaluateClassifierCommand
{
    private static readonly double[] BudgetsMinutes = [120, 240, 360, 480];

    public static Command Create()
    {
        var data = new HoleData("varied");
        var model = new Option<FileInfo?>("--model") { Description = "Weights of 'train classifier'. Default: those that came with the program." };
        var planner = new Option<string>("--planner") { Description = "Planner whose sessions are compared.", DefaultValueFactory = _ => Planners.Default };
        var starts = new Option<int>("--starts") { Description = "Random first holes of the planner's sessions; 0 leaves them out.", DefaultValueFactory = _ => 20 };
        var sheet = new Option<FileInfo?>("--sheet") { Description = "Also draw the best, worst and least certain holes into this file, PNG." };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("classifier", "Scores holes by their pictures and compares with what they measured.") { model, planner, starts, sheet, seed, json };
        data.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            int seedValue = CommonOptions.InRange("--seed", parsed.GetValue(seed), 0, 999_999), startCount = CommonOptions.InRange("--starts", parsed.GetValue(starts), 0, 10_000);
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            CommonOptions.MustBeWritable(parsed.GetValue(sheet));
            ClassifierModel classifier = parsed.GetValue(model) is { } file ? ClassifierModel.Read(file.FullName) : ClassifierModel.Shipped;
            HoleSet set = ProgressBar.Run("making holes", progress => data.Read(parsed, seedValue, classifier.CropSize, progress, cancellationToken));
            if (set.CropSize != classifier.CropSize)
                throw new ContractException(FaultCode.BadField, $"the classifier is for crops of {classifier.CropSize} px, these have {set.CropSize} px; --crop {classifier.CropSize}");
            int[] holes = [.. Enumerable.Range(0, set.Count).Where(set.Pictures.IsThere)], measured = set.Labelled();
            if (measured.Length == 0)
                throw new ContractException(FaultCode.BadField, "no hole with a picture was measured: there is nothing to compare with");
            long began = Stopwatch.GetTimestamp();
            HoleScore[] all = ProgressBar.Run("scoring", progress => classifier.Score(set.Pictures, holes, progress, cancellationToken));
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            double[] probabilities = new double[set.Count];
            Array.Fill(probabilities, CtfCalibration.PriorProbability);
            foreach ((int hole, HoleScore score) in holes.Zip(all))
                probabilities[hole] = score.Probability;
            bool[] good = [.. measured.Select(set.IsGood)];
            var scores = new ClassifierScores([.. measured.Select(hole => probabilities[hole])], good);
            var raw = new ClassifierScores([.. classifier.With(TemperatureScaling.None).Score(set.Pictures, measured, null, cancellationToken).Select(score => score.Probability)], good);
            ClassifierTables.Print([("not calibrated", raw), ("calibrated", scores)]);
            ClassifierTables.PrintConfusion(scores);
            Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{holes.Length} crops of {set.CropSize} px scored in {seconds:0.0} s, {holes.Length / seconds:0} a second"));
            JObject row = ClassifierTables.ToJson("calibrated", scores);
            row["roc"] = new JArray(scores.Roc().Where((_, i) => i % Math.Max(1, scores.Count / 200) == 0).Select(point => new JArray(point.FalsePositives, point.TruePositives)));
            var rows = new JArray(row, ClassifierTables.ToJson("not_calibrated", raw));
            if (startCount > 0 && measured.Length == set.Count)
            {
                IReadOnlyList<PlannerScore> reward = DownstreamReward.Run(set, probabilities, parsed.GetValue(planner)!, BudgetsMinutes, startCount, seedValue, cancellationToken);
                ClassifierTables.PrintReward(parsed.GetValue(planner)!, reward);
                foreach (PlannerScore line in reward)
                    rows.Add(ClassifierTables.ToJson(line));
            }
            else if (startCount > 0)
            {
                Terminal.Out.WriteLine($"{set.Count - measured.Length} holes were not measured, so no planner's session can be played on these");
            }
            if (parsed.GetValue(sheet) is { } picture)
                Draw(picture.FullName, HoleSheet.Draw(set.Pictures, holes, [.. all.Select(score => score.Probability)], hole => set.IsMeasured(hole) ? set.IsGood(hole) : null));
            CommonOptions.WriteJson(parsed.GetValue(json), "evaluate classifier", seedValue, data.Name(parsed), rows);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Draw(string path, ColourPicture sheet)
    {
        try
        {
            PngWriter.Write(path, sheet);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write {path}: {e.Message}", e);
        }
    }
}
