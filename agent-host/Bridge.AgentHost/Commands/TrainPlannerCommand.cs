using System.CommandLine;
using System.Globalization;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Agents.Planning.Learned;
using Bridge.Agents.Weights;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host train planner</c>: learns a planner on recorded or simulated holes and writes its weights.</summary>
internal static class TrainPlannerCommand
{
    public static Command Create()
    {
        var learner = new Option<string>("--learner") { Description = $"What learns: {string.Join(", ", Learners.Names)}.", DefaultValueFactory = _ => Learners.Names[0] };
        var data = new Option<string>("--data") { Description = "Folder with SPLIT.csv, or 'simulated'.", DefaultValueFactory = _ => DataSource.Simulated };
        var split = new Option<string>("--split") { Description = "Which table of the folder: train means train.csv.", DefaultValueFactory = _ => "train" };
        var grids = new Option<int>("--grids") { Description = "Simulated grids to learn on; with recorded holes, beside them (0: none).", DefaultValueFactory = _ => TrainingOptions.DefaultGrids };
        TrainingOptions training = new();
        var minutes = new Option<string>("--minutes") { Description = "Minutes of a move: text, reward, summed, or four numbers.", DefaultValueFactory = _ => "text" };
        Option<int> seed = CommonOptions.Seed();
        var output = new Option<FileInfo>("--out") { Description = "Weights of the epoch that is best on grids kept back from learning, NAME.safetensors; what is known of them goes into NAME.json beside it.", Required = true };
        var checkpoints = new Option<DirectoryInfo?>("--checkpoints") { Description = "Also write the weights of every epoch into this folder, as epoch-NN.safetensors; they remain where the training is interrupted." };
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("planner", "Learns a planner on recorded or simulated holes and writes its weights, for --model NAME=FILE.") { learner, data, split, grids, minutes, seed, output, checkpoints, json };
        training.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            string source = parsed.GetValue(data)!, table = parsed.GetValue(split)!;
            int seedValue = parsed.GetValue(seed), count = CommonOptions.InRange("--grids", parsed.GetValue(grids), 0, TrainingOptions.MaxGrids);
            PlannerTraining plan = training.Read(parsed, parsed.GetValue(learner)!, TrainingOptions.Grids(source, table, seedValue, count)) with
            {
                Minutes = MoveMinutes.Parse(parsed.GetValue(minutes)!),
                Seed = seedValue,
                Data = source == DataSource.Simulated ? string.Create(CultureInfo.InvariantCulture, $"{count} simulated grids, seeds from {seedValue}") : string.Create(CultureInfo.InvariantCulture, $"parts of {Path.GetFileName(Path.TrimEndingDirectorySeparator(source))}/{table}.csv and {count} simulated grids, seeds from {seedValue}"),
            };
            string weights = parsed.GetValue(output)!.FullName;
            if (!weights.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new ContractException(FaultCode.BadField, $"--out must end in .safetensors, got {Path.GetFileName(weights)}");
            CommonOptions.MustBeWritable(parsed.GetValue(output));
            CommonOptions.MustBeWritable(parsed.GetValue(json));
            string? folder = parsed.GetValue(checkpoints)?.FullName;
            if (folder is not null)
                Writing(() => Directory.CreateDirectory(folder));
            if (plan.BudgetMinutes < plan.Minutes.OtherGridImage)
                throw new ContractException(FaultCode.BadField, string.Create(CultureInfo.InvariantCulture, $"--episode-minutes must be at least {plan.Minutes.OtherGridImage}, the longest move"));
            IReadOnlyList<TrainingEpoch> epochs = ProgressBar.Run($"training {plan.Settings.Name}", progress => plan.Run(progress, epoch =>
            {
                if (folder is not null)
                    Writing(() => epoch.Model.Save(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch.Number:00}.safetensors"))));
            }, cancellationToken));
            TrainingEpoch best = PlannerTraining.Best(epochs);
            Writing(() =>
            {
                best.Model.Save(weights);
                ModelCard.For(weights, best.Model.Metadata, $"agent-host {string.Join(' ', parsed.Tokens.Select(token => token.Value))}").Write(weights);
            });
            foreach (TrainingEpoch epoch in epochs)
                Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Number,2}: {epoch.Score:0.0} good holes on grids kept back, loss {epoch.Loss:0.0000}, {epoch.Seconds:0.0} s{(epoch == best ? ", written" : "")}"));
            CommonOptions.WriteJson(parsed.GetValue(json), "train planner", seedValue, plan.Data, new JArray(epochs.Select(epoch => ToJson(plan, epoch, best))));
            return ExitCode.Done;
        });
        return command;
    }

    private static JObject ToJson(PlannerTraining plan, TrainingEpoch epoch, TrainingEpoch best) => new()
    {
        ["learner"] = plan.Settings.Name,
        ["elimination"] = plan.Elimination,
        ["epoch"] = epoch.Number,
        ["steps"] = (long)epoch.Number * plan.StepsPerEpoch,
        ["training_good_holes"] = epoch.Score,
        ["loss"] = double.IsNaN(epoch.Loss) ? JValue.CreateNull() : epoch.Loss,
        ["seconds"] = epoch.Seconds,
        ["chosen"] = epoch == best,
    };

    private static void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write the weights: {e.Message}", e);
        }
    }
}
