using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.Domain.Specimen;

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
        var minutes = new Option<string>("--minutes") { Description = "Minutes of a move: text (2,3,5,10), reward (2,5,10,15), summed (2,5,10,20), several of these with commas, or four numbers: same patch, same square, same grid-level image, other.", DefaultValueFactory = _ => "text" };
        var lastMove = new Option<LastMove>("--last-move") { Description = "strict: a move that would exceed the budget is not made. counted: it is made, counts and ends the session, as in CryoRL's public code.", DefaultValueFactory = _ => LastMove.Strict };
        var predictions = new Option<string>("--predictions") { Description = $"What the planners are told: {string.Join(", ", Predictions.Names)}. Shuffled: the holes of each square swap predictions. Inverted: good and bad change places.", DefaultValueFactory = _ => Predictions.AsGiven };
        var calibration = new Option<bool>("--calibration") { Description = "Also print how far the probabilities can be believed, before and with what the session taught, and the regret against the oracle over time." };
        var hierarchy = new Option<string>("--hierarchy") { Description = "surveyed: all predictions are known. unsurveyed: those of a patch are hidden until its image is taken; --planner is then of " + string.Join(", ", HierarchyEvaluation.Names) + ".", DefaultValueFactory = _ => HierarchyCommand.Surveyed };
        var surveyMinutes = new Option<double>("--survey-minutes") { Description = "Minutes of the image of a patch in the square where the stage is, for --hierarchy unsurveyed.", DefaultValueFactory = _ => 1 };
        var maxShift = new Option<double?>("--max-shift") { Description = "Several shots a move: longest image shift in µm from a stage position. --planner is then of " + string.Join(", ", GroupEvaluation.Names) + "." };
        var shotMinutes = new Option<double>("--shot-minutes") { Description = "Minutes of each shot after the first, for --max-shift.", DefaultValueFactory = _ => 0.5 };
        Option<string[]> model = CommonOptions.Model();
        var train = new Option<string?>("--train") { Description = "Train the learners among the planners first, on this table of the folder or on 'simulated' grids, and take the epoch that is best on it. Several with commas: each is trained on, and what is lost against the first is shown. Without --planner all learners are trained." };
        var trainingSeeds = new Option<int>("--training-seeds") { Description = "Train each with this many seeds and give mean and deviation.", DefaultValueFactory = _ => 1 };
        TrainingOptions training = new();
        var pictures = new Option<DirectoryInfo?>("--pictures") { Description = "Also draw, into this folder, good holes against minutes (curves.svg) and each planner's path from the first start (path-NAME.svg), for the longest budget." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Also write the table to this file, in Markdown." };
        var published = new Option<bool>("--published") { Description = "Add the figures of CryoRL's paper and public code to the Markdown file." };
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("planner", "Plays planners against recorded or simulated holes and counts the good ones they find.") { data, split, planner, budgets, starts, minutes, lastMove, predictions, calibration, hierarchy, surveyMinutes, maxShift, shotMinutes, model, train, trainingSeeds, pictures, markdown, published, seed, json };
        training.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            string source = parsed.GetValue(data)!;
            int seedValue = parsed.GetValue(seed), startCount = CommonOptions.InRange("--starts", parsed.GetValue(starts), 1, 100_000);
            double[] budgetMinutes = Budgets(parsed.GetValue(budgets)!);
            PlannerCatalog catalog = CommonOptions.Catalog(parsed.GetValue(model));
            string[] trainOn = parsed.GetValue(train) is { } tables ? Names(tables) : [];
            string[] planners = parsed.GetValue(planner) is { } names ? Names(names)
                : [.. (trainOn.Length > 0 ? Learners.Names : []).Union(catalog.Names).Union(catalog.Unusable.Keys)]; // what should be there and is not is told, not left out
            if (planners.Length == 0)
                throw new ContractException(FaultCode.BadField, $"--planner must name planners, such as {string.Join(',', catalog.Names.Take(2))}");
            if (source == DataSource.Samples)
            {
                var plain = new PlannerEvaluation(DataSource.Read(DataSource.Simulated, "", seedValue), source) { Seed = seedValue, Minutes = ListOfMinutes(parsed.GetValue(minutes)!)[0].Minutes, LastMove = parsed.GetValue(lastMove), Catalog = catalog };
                IReadOnlyList<PlannerScore> rows = ProgressBar.Run("evaluating", progress => new SampleEvaluation(plain, SampleCharacter.Twenty(seedValue)).Run(planners, budgetMinutes, startCount, progress, cancellationToken));
                SampleTables.Print(rows);
                CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, new PlannerTables(rows, plain.Truth).ToJson(calibration: false));
                return ExitCode.Done;
            }
            MeasuredGrid truth = Predictions.Apply(DataSource.Read(source, parsed.GetValue(split)!, seedValue), parsed.GetValue(predictions)!, seedValue);
            if (parsed.GetValue(maxShift) is { } shift)
            {
                (double maxShiftUm, double perShot) = GroupsCommand.Checked(shift, parsed.GetValue(shotMinutes));
                var groups = new GroupsCommand(new GroupEvaluation(truth, ListOfMinutes(parsed.GetValue(minutes)!)[0].Minutes, maxShiftUm, perShot), source == DataSource.Simulated ? source : parsed.GetValue(split)!);
                CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, groups.Run(parsed.GetValue(planner) is { } some ? Names(some) : [.. GroupEvaluation.Names], budgetMinutes, startCount, seedValue, cancellationToken));
                return ExitCode.Done;
            }
            if (HierarchyCommand.IsUnsurveyed(parsed.GetValue(hierarchy)!))
            {
                var unsurveyed = new HierarchyCommand(new HierarchyEvaluation(truth, ListOfMinutes(parsed.GetValue(minutes)!)[0].Minutes, HierarchyCommand.Checked(parsed.GetValue(surveyMinutes))), source == DataSource.Simulated ? source : parsed.GetValue(split)!);
                CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, unsurveyed.Run(parsed.GetValue(planner) is { } those ? Names(those) : [.. HierarchyEvaluation.Names], budgetMinutes, startCount, seedValue, cancellationToken));
                return ExitCode.Done;
            }
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            CommonOptions.MustBeWritable(parsed.GetValue(markdown));
            PlannerEvaluation evaluation = new PlannerEvaluation(truth, source == DataSource.Simulated ? source : parsed.GetValue(split)!) { Seed = seedValue, LastMove = parsed.GetValue(lastMove), Catalog = catalog };
            int seeds = CommonOptions.InRange("--training-seeds", parsed.GetValue(trainingSeeds), 1, 100);
            EvaluationPart[] parts = [.. EvaluationPart.All(evaluation, ListOfMinutes(parsed.GetValue(minutes)!), trainOn)];
            Func<string, PlannerTraining>?[] trainings = [.. parts.Select(part => part.TrainedOn.Length == 0 ? null : Training(part))];
            var scores = new List<PlannerScore>();
            PlannerEvaluation? shown = null;
            ProgressBar.Run(trainOn.Length > 0 ? "training and evaluating" : "evaluating", progress =>
            {
                for (int i = 0; i < parts.Length; i++)
                {
                    int before = i;
                    var share = new DirectProgress(done => progress.Report((before + done) / parts.Length));
                    scores.AddRange(parts[i].Run(planners, trainings[i], seeds, budgetMinutes, startCount, used => shown ??= used, share, cancellationToken));
                }
                return scores;
            });
            var result = new PlannerTables(scores, evaluation.Truth);
            result.Print();
            if (parsed.GetValue(calibration))
                CalibrationTables.Print(scores);
            CommonOptions.WriteJson(parsed.GetValue(json), "evaluate planner", seedValue, source, result.ToJson(parsed.GetValue(calibration)));
            if (parsed.GetValue(markdown) is { } table)
                EvaluationFiles.WriteMarkdown(table.FullName, result.ToMarkdown(parsed.GetValue(published)));
            if (parsed.GetValue(pictures) is { } folder)
                EvaluationFiles.WritePictures(folder.FullName, shown!, planners, budgetMinutes.Max(), startCount, cancellationToken);
            return ExitCode.Done;

            Func<string, PlannerTraining> Training(EvaluationPart part)
            {
                var grids = TrainingOptions.Grids(part.TrainedOn == DataSource.Simulated ? part.TrainedOn : source, part.TrainedOn, seedValue, TrainingOptions.DefaultGrids);
                return learner => training.Read(parsed, learner, grids) with { Minutes = part.Evaluation.Minutes };
            }
        });
        return command;
    }

    /// <summary>Names of minutes with commas, or four numbers.</summary>
    private static (string Name, MoveMinutes Minutes)[] ListOfMinutes(string text)
    {
        string[] names = Names(text);
        return names.Length > 1 && !names.Any(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? [.. names.Distinct().Select(name => (name, MoveMinutes.Parse(name)))]
            : [(text, MoveMinutes.Parse(text))];
    }

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double[] Budgets(string text)
    {
        double[] budgets = [.. Names(text).Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes) ? minutes : double.NaN)];
        return budgets.Length > 0 && budgets.All(minutes => minutes is > 0 and <= SetBudgetRequest.MaxMinutes)
            ? budgets
            : throw new ContractException(FaultCode.BadField, $"--budgets must be minutes above 0 with commas, such as 120,240; got '{text}'");
    }
}
