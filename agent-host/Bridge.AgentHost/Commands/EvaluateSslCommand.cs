using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.SemiSupervised;
using Bridge.Agents.Classifier.SemiSupervised.Evaluation;
using Bridge.Agents.Classifier.Simulation;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host evaluate ssl</c>: classifiers that learn from few labels, and what a planner collects with them.</summary>
internal static class EvaluateSslCommand
{
    private const int FewestHoles = 40;

    public static Command Create()
    {
        var methods = new Option<string>("--method") { Description = $"Methods, with commas: {string.Join(", ", SslMethods.Names)}.", DefaultValueFactory = _ => string.Join(',', SslMethods.Names) };
        var fractions = new Option<string>("--fractions") { Description = "Shares of the training holes that have a label, in percent, with commas. With 100 there is nothing to do but sl.", DefaultValueFactory = _ => "5,10,20,100" };
        var runs = new Option<int>("--runs") { Description = "Runs of each method: other labels, weights and batches.", DefaultValueFactory = _ => 5 };
        var firstRun = new Option<int>("--first-run") { Description = "Number of the first of them, to make a table in pieces.", DefaultValueFactory = _ => 0 };
        var simulated = new Option<string>("--simulated") { Description = "The simulated holes: y3, y3-even (as many, but all views of one exposure and no ice too thin) or y1.", DefaultValueFactory = _ => "y3" };
        var holes = new Option<int?>("--holes") { Description = "So many holes, in proportion, in place of the set's own number." };
        var split = new Option<string>("--split") { Description = "What goes whole to training or to validation: hole, as in SSL²-RL, or square.", DefaultValueFactory = _ => "hole" };
        var resume = new Option<FileInfo?>("--resume") { Description = "Go on with the runs in this file, and write it after every further one; it need not be there. Ctrl+C loses only the run that is under way." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Also write the table to this file, as Markdown." };
        var settings = new SslOptions();
        Option<int> seed = CommonOptions.Seed();
        Option<FileInfo?> json = CommonOptions.Json();
        var command = new Command("ssl", "Trains classifiers of holes with few labels (supervised, FixMatch, SSL²-RL) and measures accuracy and what a planner collects.")
            { methods, fractions, runs, firstRun, simulated, holes, split, resume, markdown, seed, json };
        settings.AddTo(command);
        command.SetWork((parsed, cancellationToken) =>
        {
            string[] names = [.. parsed.GetValue(methods)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
            Array.ForEach(names, SslMethods.Check);
            double[] percents = [.. parsed.GetValue(fractions)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Percent).Distinct()];
            if (names.Length == 0 || percents.Length == 0)
                throw new ContractException(FaultCode.BadField, "--method and --fractions need at least one value each");
            int seedValue = CommonOptions.InRange("--seed", parsed.GetValue(seed), 0, 9_999), first = CommonOptions.InRange("--first-run", parsed.GetValue(firstRun), 0, 999);
            int count = CommonOptions.InRange("--runs", parsed.GetValue(runs), 1, 1000 - first);
            SslSettings learning = settings.Read(parsed) with { SplitBy = SplitOf(parsed.GetValue(split)!) };
            HoleSimulatorSettings set = Scaled(SetOf(parsed.GetValue(simulated)!), parsed.GetValue(holes)) with { Seed = seedValue };
            FileInfo? kept = parsed.GetValue(resume);
            foreach (FileInfo? file in (FileInfo?[])[kept, parsed.GetValue(json), parsed.GetValue(markdown)])
                CommonOptions.MustBeWritable(file);
            HoleSet made = ProgressBar.Run("simulating", progress => HoleSimulator.Create(set, progress, cancellationToken));
            var done = new SslRunFile(kept?.FullName, new JObject
            {
                ["seed"] = seedValue,
                ["data"] = string.Create(CultureInfo.InvariantCulture, $"simulated {parsed.GetValue(simulated)}, {set.Holes} holes"),
                ["data_sha256"] = Checksum(made),
                ["settings"] = SslOptions.ToJson(learning),
            });
            try
            {
                ProgressBar.Run("evaluating", progress =>
                {
                    Run(made, learning, names, percents, first, count, seedValue, done, progress, cancellationToken);
                    return true;
                });
            }
            finally // also where it was stopped: what is done is worth a table
            {
                IReadOnlyList<SslScore> scores = SslScore.Of(done.Runs);
                SslTables.Print(scores);
                if (parsed.GetValue(json) is { } table)
                    EvaluationFiles.Write(table.FullName, done.ToText());
                if (parsed.GetValue(markdown) is { } file)
                    EvaluationFiles.WriteMarkdown(file.FullName, SslTables.ToMarkdown(scores));
            }
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Run by run, so that a table that was stopped has as many runs of every method.</summary>
    private static void Run(HoleSet holes, SslSettings settings, string[] methods, double[] percents, int first, int count, int seed, SslRunFile done, IProgress<double> progress, CancellationToken cancellationToken)
    {
        int cells = count * percents.Length * methods.Length, cell = 0;
        for (int run = first; run < first + count; run++)
        {
            foreach (double percent in percents)
            {
                using var experiment = new SslExperiment(holes, settings, percent / 100, run, seed, cancellationToken);
                foreach (string method in methods)
                {
                    if (experiment.Has(method) && !done.Has(method, percent, run))
                        done.Add(experiment.Run(method) with { LabelsPercent = percent });
                    progress.Report((double)++cell / cells);
                }
            }
        }
    }

    /// <summary>Of crops and measured values: another version of the simulator makes other holes of the same settings.</summary>
    private static string Checksum(HoleSet holes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>(holes.Crops));
        hash.AppendData(MemoryMarshal.AsBytes<double>(holes.CtfA));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static double Percent(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100
        ? percent
        : throw new ContractException(FaultCode.BadField, $"--fractions are percent, above 0 and at most 100; got '{text}'");

    private static SplitBy SplitOf(string name) => name switch
    {
        "hole" => SplitBy.Hole,
        "square" => SplitBy.Square,
        _ => throw new ContractException(FaultCode.BadField, $"--split must be hole or square; got '{name}'"),
    };

    private static HoleSimulatorSettings SetOf(string name) => name switch
    {
        "y3" => HoleSimulatorSettings.Y3,
        "y3-even" => new HoleSimulatorSettings(),
        "y1" => HoleSimulatorSettings.Y1,
        _ => throw new ContractException(FaultCode.BadField, $"--simulated must be y3, y3-even or y1; got '{name}'"),
    };

    private static HoleSimulatorSettings Scaled(HoleSimulatorSettings set, int? holes)
    {
        if (holes is not { } wanted)
            return set;
        double share = (double)CommonOptions.InRange("--holes", wanted, FewestHoles, 100_000) / set.Holes;
        int images = Part(set.GridImages), squares = Math.Max(images, Part(set.Squares));
        return set with { GridImages = images, Squares = squares, Patches = Math.Max(squares, Part(set.Patches)), Holes = wanted };

        int Part(int number) => Math.Max(1, (int)Math.Round(share * number));
    }
}
