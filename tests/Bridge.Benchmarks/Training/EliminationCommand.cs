using System.CommandLine;
using Bridge.AgentHost.Commands;
using Bridge.Agents.Planning;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Evaluation;
using Bridge.Benchmarks.Measuring;
using Bridge.Domain.Specimen;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.Training;

/// <summary><c>elimination</c>: the same training with and without action elimination (CryoRL, section 4.3), and what both have learned.</summary>
internal static class EliminationCommand
{
    private static readonly double[] s_budgetsMinutes = [120, 240, 360, 480];

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with train.csv and SPLIT.csv, or 'simulated'.", DefaultValueFactory = _ => DataSource.Simulated };
        var split = new Option<string>("--split") { Description = "Table that the result is measured on.", DefaultValueFactory = _ => "dev" };
        var learner = new Option<string>("--learner") { Description = $"What learns: {string.Join(", ", Learners.Names)}.", DefaultValueFactory = _ => Learners.Names[0] };
        var epochs = new Option<int>("--epochs") { Description = "Epochs to learn.", DefaultValueFactory = _ => 20 };
        var steps = new Option<int>("--steps") { Description = "Moves of one epoch.", DefaultValueFactory = _ => 2500 };
        var starts = new Option<int>("--starts") { Description = "Random first holes of the result.", DefaultValueFactory = _ => 50 };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result to this file, as JSON." };
        var command = new Command("elimination", "How much faster is training when only the best patches' holes are candidates, and what becomes of the result? Both trainings take turns, an epoch each.") { data, split, learner, epochs, steps, starts, json };
        command.SetAction(parsed =>
        {
            string source = parsed.GetValue(data)!;
            TrainingSet train = TrainingOptions.Grids(source, "train", seed: 0, TrainingOptions.DefaultGrids);
            MeasuredGrid test = DataSource.Read(source, parsed.GetValue(split)!, seed: 1);
            var with = new PlannerTraining(Learners.Settings(parsed.GetValue(learner)!), train.Learn) { ScoreGrids = train.Score, Epochs = parsed.GetValue(epochs), StepsPerEpoch = parsed.GetValue(steps) };
            (IReadOnlyList<TrainingEpoch> eliminated, IReadOnlyList<TrainingEpoch> all) = AlternatingTrainings.Run(with, with with { Elimination = false });
            var report = new Report("elimination", ["training", "ms a step", "all epochs, s", "times as fast", "good on grids kept back", .. s_budgetsMinutes.Select(budget => $"{budget} min")]);
            Add(report, with, "with elimination", eliminated, MedianRatio(all, eliminated), test, parsed.GetValue(starts));
            Add(report, with, "without", all, 1, test, parsed.GetValue(starts));
            report.Print();
            report.Write(parsed.GetValue(json));
        });
        return command;
    }

    private static void Add(Report report, PlannerTraining training, string name, IReadOnlyList<TrainingEpoch> epochs, double ratio, MeasuredGrid test, int starts)
    {
        TrainingEpoch best = PlannerTraining.Best(epochs);
        var evaluation = new PlannerEvaluation(test, "") { Catalog = PlannerCatalog.WithoutModels.With([best.Model]) };
        IReadOnlyList<PlannerScore> scores = evaluation.Run([best.Model.Name], s_budgetsMinutes, starts);
        double ms = 1000 * Median([.. Seconds(epochs)]) / training.StepsPerEpoch;
        var row = new JObject
        {
            ["training"] = name,
            ["learner"] = best.Model.Name,
            ["step_ms"] = ms,
            ["seconds"] = epochs[^1].Seconds,
            ["times_as_fast"] = ratio,
            ["kept_back_good_holes"] = best.Score,
        };
        foreach (PlannerScore score in scores)
            row[$"good_{score.BudgetMinutes}_min"] = score.Mean;
        report.Add([name, Report.Number(ms, "0.00"), Report.Number(epochs[^1].Seconds), Report.Number(ratio, "0.00"), Report.Number(best.Score), .. scores.Select(score => Report.Number(score.Mean))], row);
    }

    /// <summary>Of each epoch the ratio of the times, of all the median.</summary>
    private static double MedianRatio(IReadOnlyList<TrainingEpoch> slow, IReadOnlyList<TrainingEpoch> fast) => Median([.. Seconds(slow).Zip(Seconds(fast), (one, other) => one / other)]);

    /// <summary>Each epoch's own.</summary>
    private static IEnumerable<double> Seconds(IReadOnlyList<TrainingEpoch> epochs) => epochs.Select((epoch, i) => epoch.Seconds - (i > 0 ? epochs[i - 1].Seconds : 0));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
