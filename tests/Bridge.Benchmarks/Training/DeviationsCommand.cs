using System.CommandLine;
using System.Globalization;
using Bridge.AgentHost.Commands;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Benchmarks.Measuring;
using Bridge.Domain.Specimen;
using Newtonsoft.Json.Linq;
using TorchSharp;

namespace Bridge.Benchmarks.Training;

/// <summary><c>deviations</c>: would any decision of <c>rate</c> have been better taken otherwise, and can a network tell which?</summary>
internal static class DeviationsCommand
{
    private static readonly float[] s_thresholds = [-0.2f, -0.1f, 0, 0.05f];

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with train.csv.", Required = true };
        var grids = new Option<int>("--grids") { Description = "Simulated grids beside 150 parts of the recorded one.", DefaultValueFactory = _ => 150 };
        var every = new Option<int>("--every") { Description = "Play on every so manieth of these grids: 10 for a first look.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Of grids, sessions and network.", DefaultValueFactory = _ => 500 };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result to this file, as JSON." };
        var command = new Command("deviations", "Would any decision of rate have been better taken otherwise, and can a network tell which? Paired rollouts over the same truth.") { data, grids, every, seed, json };
        command.SetAction(parsed =>
        {
            torch.set_num_threads(1);
            int number = parsed.GetValue(seed);
            int step = CommonOptions.InRange("--every", parsed.GetValue(every), 1, 100);
            IEnumerable<MeasuredGrid> truths = TrainingOptions.Grids(parsed.GetValue(data)!, "train", number, parsed.GetValue(grids)).Learn.Where((_, i) => i % step == 0);
            var sampler = new DeviationSampler(new Random(number));
            Deviation[] all = [.. truths.SelectMany(sampler.Of)];
            float[] predicted = DeviationFit.HeldOut(all, number);
            var report = new Report("deviations", "decisions", "number", "good holes gained", "standard error");
            Add(report, "all", all);
            foreach (DeviationKind kind in Enum.GetValues<DeviationKind>())
                Add(report, kind.ToString(), all.Where(deviation => deviation.Kind == kind));
            foreach (float threshold in s_thresholds)
                Add(report, string.Create(CultureInfo.InvariantCulture, $"predicted above {threshold}, on grids kept back"), all.Where((_, i) => predicted[i] > threshold));
            report.Print();
            report.Write(parsed.GetValue(json));
        });
        return command;
    }

    private static void Add(Report report, string name, IEnumerable<Deviation> some)
    {
        double[] gains = [.. some.Select(deviation => (double)deviation.Gain)];
        double mean = gains.Length > 0 ? gains.Average() : double.NaN;
        double error = gains.Length > 1 ? Math.Sqrt(gains.Average(gain => (gain - mean) * (gain - mean)) / (gains.Length - 1)) : double.NaN;
        report.Add([name, gains.Length.ToString(CultureInfo.InvariantCulture), Report.Number(mean, "0.000"), Report.Number(error, "0.000")],
            new JObject { ["decisions"] = name, ["number"] = gains.Length, ["gain_good_holes"] = gains.Length > 0 ? mean : null, ["standard_error"] = gains.Length > 1 ? error : null });
    }
}
