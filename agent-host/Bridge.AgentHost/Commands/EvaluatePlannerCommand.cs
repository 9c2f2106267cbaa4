using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;
using Bridge.Domain.Tables;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host evaluate planner</c>: planners by budgets, over many random first holes.</summary>
internal static class EvaluatePlannerCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with SPLIT.csv, or 'simulated', or 'samples': twenty simulated ones of different character.", DefaultValueFactory = _ => DataSource.Simulated };
        var split = new Option<string>("--split") { Description = "Which table of the folder: dev means dev.csv.", DefaultValueFactory = _ => "dev" };
        var planner = new Option<string?>("--planner") { Description = $"Planners, with commas; default: all, {string.Join(", ", Planners.Names)}, and those of the models." };
        var budgets = new Option<string>("--budgets") { Description = "Minutes of a session, with commas.", DefaultValueFactory = _ => "120,240,360,480" };
        var starts = new Option<int>("--starts") { Description = "Random first holes.", DefaultValueFactory = _ => 50 };
        var minutes = new Option<string>("--minutes") { Description = "Minutes of a move: text (2,3,5,10), reward (2,5,10,15), summed (2,5,10,20), or four numbers: same patch, same square, same grid-level image, other.", DefaultValueFactory = _ => "text" };
        var lastMove = new Option<LastMove>("--last-move") { Description = "strict: a move that would exceed the budget is not made. counted: it is made, counts and ends the session, as in CryoRL's public code.", DefaultValueFactory = _ => LastMove.Strict };
        var predictions = new Option<string>("--predictions") { Description = $"What the planners are told: {string.Join(", ", Predictions.Names)}. Shuffled: the holes of each square swap predictions. Inverted: good and bad change places.", DefaultValueFactory = _ => Predictions.AsGiven };
        var calibration = new Option<bool>("--calibration") { Description = "Also print how far the probabilities can be believed, before and with what the session taught, and the regret against the oracle over time." };
        var hierarchy = new Option<string>("--hierarchy") { Description = "surveyed: all predictions are known. unsurveyed: those of a patch are hidden until its image is taken; --planner is then of " + string.Join(", ", HierarchyEvaluation.Names) + ".", DefaultValueFactory = _ => HierarchyCommand.Surveyed };
        var surveyMinutes = new Option<double>("--survey-minutes") { Description = "Minutes of the image of a patch in the square where the stage is, for --hierarchy unsurveyed.", DefaultValueFactory = _ => 1 };
        Option<string[]> model = CommonOptions.Model();
        var train = new Option<string?>("--train") { Description = "Train the learners among the planners first, on this table of the folder (or on simulated grids), and take the epoch that is best on it." };
        var trainingSeeds = new Option<int>("--training-seeds") { Description = "Train each with this many seeds and give the mean.", DefaultValueFactory = _ => 1 };
        TrainingOptions training = new();
        var pictures = new Option<DirectoryInfo?>("--pictures") { Description = "Also draw, into this folder, good holes against minutes (curves.svg) and each planner's path from the first start (path-NAME.svg), for the longest budget." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Also write the table to this file, in Markdown." };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("planner", "Plays planners against recorded or simulated holes and counts the good ones they find.") { data, split, planner, budgets, starts, minutes, lastMove, predictions, calibration, hierarchy, surveyMinutes, model, train, trainingSeeds, pictures, markdown, seed, json };
        training.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string source = parsed.GetValue(data)!;
            int seedValue = parsed.GetValue(seed), startCount = CommonOptions.InRange("--starts", parsed.GetValue(starts), 1, 100_000);
            double[] budgetMinutes = Budgets(parsed.GetValue(budgets)!);
            MoveMinutes moveMinutes = MoveMinutes.Parse(parsed.GetValue(minutes)!);
            PlannerCatalog catalog = CommonOptions.Catalog(parsed.GetValue(model));
            string[] planners = parsed.GetValue(planner) is { } names ? Names(names) : [.. catalog.Names];
            if (planners.Length == 0)
                throw new ContractException(FaultCode.BadField, $"--planner must name planners, such as {string.Join(',', catalog.Names.Take(2))}");
            if (source == DataSource.Samples)
            {
                var samples = new SampleEvaluation(new PlannerEvaluation(DataSource.Read(DataSource.Simulated, "", seedValue), source) { Seed = seedValue, Minutes = moveMinutes, LastMove = parsed.GetValue(lastMove), Catalog = catalog }, SampleCharacter.Twenty(seedValue));
                IReadOnlyList<PlannerScore> rows = ProgressBar.Run("evaluating", progress => samples.Run(planners, budgetMinutes, startCount, progress, cancellationToken));
                SampleTables.Print(rows);
                CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, new JArray(rows.Select(ToJson)));
                return Task.FromResult(ExitCode.Done);
            }
            MeasuredGrid truth = Predictions.Apply(DataSource.Read(source, parsed.GetValue(split)!, seedValue), parsed.GetValue(predictions)!, seedValue);
            if (HierarchyCommand.IsUnsurveyed(parsed.GetValue(hierarchy)!))
            {
                var unsurveyed = new HierarchyCommand(new HierarchyEvaluation(truth, moveMinutes, HierarchyCommand.Checked(parsed.GetValue(surveyMinutes))), source == DataSource.Simulated ? source : parsed.GetValue(split)!);
                CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, unsurveyed.Run(parsed.GetValue(planner) is { } those ? Names(those) : [.. HierarchyEvaluation.Names], budgetMinutes, startCount, seedValue, ToJson, cancellationToken));
                return Task.FromResult(ExitCode.Done);
            }
            PlannerEvaluation evaluation = new PlannerEvaluation(truth, source == DataSource.Simulated ? source : parsed.GetValue(split)!) { Seed = seedValue, Minutes = moveMinutes, LastMove = parsed.GetValue(lastMove), Catalog = catalog };
            IReadOnlyList<PlannerScore> scores;
            if (parsed.GetValue(train) is { } trainingTable)
            {
                MeasuredGrid[] grids = TrainingOptions.Grids(source, trainingTable, seedValue, TrainingOptions.DefaultGrids);
                var trained = new TrainedEvaluation(evaluation, learner => training.Read(parsed, learner, grids) with { Minutes = moveMinutes }, CommonOptions.InRange("--training-seeds", parsed.GetValue(trainingSeeds), 1, 100));
                scores = ProgressBar.Run("training", progress => trained.Run(planners, budgetMinutes, startCount, models => evaluation = evaluation with { Catalog = models }, progress, cancellationToken));
            }
            else
                scores = ProgressBar.Run("evaluating", progress => evaluation.Run(planners, budgetMinutes, startCount, progress, cancellationToken));
            Print(scores, evaluation.Truth, budgetMinutes);
            if (parsed.GetValue(calibration))
                CalibrationTables.Print(scores);
            CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, new JArray(scores.Select(ToJson)));
            if (parsed.GetValue(markdown) is { } table)
                EvaluationFiles.WriteMarkdown(table.FullName, scores);
            if (parsed.GetValue(pictures) is { } folder)
                EvaluationFiles.WritePictures(folder.FullName, evaluation, planners, budgetMinutes.Max(), startCount, cancellationToken);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Print(IReadOnlyList<PlannerScore> scores, MeasuredGrid truth, double[] budgets)
    {
        int good = truth.CtfA.Count(CollectionState.IsGood);
        var table = new Table().Border(TableBorder.Rounded).Title($"good holes found ({good} of {truth.CtfA.Count} are good), mean ± sd").AddColumn("planner");
        foreach (double budget in budgets)
            table.AddColumn(new TableColumn(Format($"{budget:0.##} min")).RightAligned());
        table.AddColumn(new TableColumn("of the oracle").RightAligned()).AddColumn(new TableColumn("seconds").RightAligned());
        foreach (IGrouping<string, PlannerScore> rows in scores.GroupBy(score => score.Planner))
        {
            PlannerScore last = rows.Last();
            string fraction = double.IsNaN(last.OracleFraction) ? "" : Format($"{100 * last.OracleFraction:0.0} %");
            table.AddRow([rows.Key, .. rows.Select(row => Format($"{row.Mean:0.0} ± {row.Sd:0.0}")), fraction, Format($"{rows.Sum(row => row.Seconds):0.00}")]);
        }
        Terminal.Out.Write(table);
    }

    private static JObject ToJson(PlannerScore score)
    {
        var row = new JObject
        {
            ["planner"] = score.Planner,
            ["split"] = score.Split,
            ["budget_min"] = score.BudgetMinutes,
            ["starts"] = score.Starts,
            ["mean"] = score.Mean,
            ["sd"] = score.Sd,
            ["oracle_fraction"] = double.IsNaN(score.OracleFraction) ? JValue.CreateNull() : score.OracleFraction,
            ["seconds"] = score.Seconds,
        };
        if (score is { Before: { Count: > 0 } before, During: { } during })
        {
            (row["brier_before"], row["brier"]) = (before.Brier, during.Brier);
            (row["calibration_error_before"], row["calibration_error"]) = (before.ExpectedCalibrationError, during.ExpectedCalibrationError);
            row["reliability"] = new JArray(during.Rows.Select(bin => new JObject { ["from"] = bin.From, ["holes"] = bin.Count, ["said"] = bin.Said, ["good"] = bin.Good }));
        }
        for (int tenth = 0; tenth < score.Regret.Count; tenth++)
            row[Format($"regret_{10 * (tenth + 1)}_percent")] = score.Regret[tenth];
        if (score.TrainingSeeds > 0)
            (row["training_seeds"], row["training_seed_sd"]) = (score.TrainingSeeds, score.SeedSd);
        return row;
    }

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double[] Budgets(string text)
    {
        double[] budgets = [.. Names(text).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes) ? minutes : double.NaN)];
        return budgets.Length > 0 && budgets.All(minutes => minutes is > 0 and <= SetBudgetRequest.MaxMinutes)
            ? budgets
            : throw new ContractException(FaultCode.BadField, $"--budgets must be minutes above 0 with commas, such as 120,240; got '{text}'");
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
