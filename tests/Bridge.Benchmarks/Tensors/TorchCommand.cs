using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Bridge.Benchmarks.Measuring;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.Tensors;

/// <summary><c>torch</c>: how long tensor work takes here and in PyTorch, side by side.</summary>
internal static class TorchCommand
{
    private const int Rounds = 7;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var threads = new Option<string>("--threads") { Description = "Numbers of threads, with commas between, 1 to 64 each.", DefaultValueFactory = _ => "1,2" };
        var seconds = new Option<double>("--seconds") { Description = "Time for each side of each round, 0.01 to 10 s.", DefaultValueFactory = _ => 0.2 };
        var only = new Option<string?>("--only") { Description = "Only cases whose name contains this, such as matmul or dqn." };
        var alone = new Option<bool>("--alone") { Description = "Leaves PyTorch out, for a profiler." };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result to this file, as JSON." };
        threads.Validators.Add(result =>
        {
            if (Counts(result.GetValueOrDefault<string>()) is null)
                result.AddError("--threads takes numbers of 1 to 64 with commas between");
        });
        seconds.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is >= 0.01 and <= 10))
                result.AddError("--seconds takes 0.01 to 10");
        });
        var command = new Command("torch",
            $"Matrix products, small networks, convolution and LSTM, here and in PyTorch. Both take turns in {Rounds} rounds, so that noise hits both;\n" +
            "times are medians of the rounds' medians, the ratio is the median of the rounds' ratios, above 1 where this is faster.\n" +
            "PyTorch takes part where Python has it (python3-torch).") { threads, seconds, only, alone, json };
        command.SetAction(parsed => Run(Counts(parsed.GetValue(threads)!)!, parsed.GetValue(seconds), parsed.GetValue(only), parsed.GetValue(alone), parsed.GetValue(json)));
        return command;
    }

    private static int Run(int[] threadCounts, double seconds, string? only, bool alone, FileInfo? json)
    {
        var cases = TensorCases.All.Where(c => only is null || c.Name.Contains(only, StringComparison.Ordinal)).ToArray();
        if (cases.Length == 0)
            throw new InvalidOperationException($"no case has '{only}' in its name; there are {string.Join(", ", TensorCases.All.Select(c => c.Name))}");
        var report = new Report("torch", "work", "threads", "here µs", "PyTorch µs", "PyTorch / here", "best here µs", "best PyTorch µs");
        string? python = alone ? null : FindPython();
        if (python is null && !alone)
            Console.WriteLine("No Python with PyTorch was found (python3-torch): its column is left out.");
        TorchSharp.torch.manual_seed(1);
        foreach (int threads in threadCounts)
        {
            using ChildProcess? peer = python is null ? null : ChildProcess.Python(python, "torch_peer.py", threads.ToString(CultureInfo.InvariantCulture));
            if (peer is not null)
                Console.WriteLine($"{peer.ReadLine(s_limit)}, {threads} threads");
            TorchSharp.torch.set_num_threads(threads);
            foreach (var (name, text, make) in cases)
                Add(report, name, text, threads, Measure(make(), peer, name, seconds));
        }
        report.Print();
        report.Write(json);
        return 0;
    }

    /// <param name="Median">Of the rounds' medians.</param>
    /// <param name="Best">Of all runs: what a busy machine says least wrongly.</param>
    private readonly record struct Times(double Median, double Best);

    private static (Times Ours, Times Theirs, double Ratio) Measure(Action run, ChildProcess? peer, string name, double seconds)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        double bestHere = double.PositiveInfinity, bestThere = double.PositiveInfinity;
        // The first round is for the compilers and caches of both sides.
        for (int round = -1; round < Rounds; round++)
        {
            Times here = TimesOf(run, round < 0 ? Math.Max(seconds, 0.5) : seconds), there = new(double.NaN, double.NaN);
            if (peer is not null)
            {
                peer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {seconds}"));
                string[] answer = peer.ReadLine(s_limit).Split(' ');
                there = new(double.Parse(answer[0], CultureInfo.InvariantCulture) / 1000, double.Parse(answer[1], CultureInfo.InvariantCulture) / 1000);
            }
            if (round < 0)
                continue;
            ours.Add(here.Median);
            theirs.Add(there.Median);
            (bestHere, bestThere) = (Math.Min(bestHere, here.Best), Math.Min(bestThere, there.Best));
        }
        return (new(Median(ours), bestHere), new(Median(theirs), bestThere), Median([.. ours.Zip(theirs, (here, there) => there / here)]));
    }

    /// <summary>The times of a run in µs, over that long and at least 3 runs.</summary>
    private static Times TimesOf(Action run, double seconds)
    {
        var times = new List<double>();
        long begin = Stopwatch.GetTimestamp();
        while (times.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        return new(Median(times), times[0]);   // sorted by now
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static void Add(Report report, string name, string text, int threads, (Times Ours, Times Theirs, double Ratio) result)
    {
        string Time(double us) => Report.Number(us, us < 100 ? "0.0" : "0");
        report.Add([text, threads.ToString(CultureInfo.InvariantCulture), Time(result.Ours.Median), Time(result.Theirs.Median), Report.Number(result.Ratio, "0.00"), Time(result.Ours.Best), Time(result.Theirs.Best)],
            new JObject
            {
                ["case"] = name,
                ["threads"] = threads,
                ["here_us"] = result.Ours.Median,
                ["pytorch_us"] = double.IsNaN(result.Theirs.Median) ? null : result.Theirs.Median,
                ["pytorch_over_here"] = double.IsNaN(result.Ratio) ? null : result.Ratio,
                ["here_best_us"] = result.Ours.Best,
                ["pytorch_best_us"] = double.IsNaN(result.Theirs.Best) ? null : result.Theirs.Best,
            });
        Console.WriteLine($"  {text}: {Time(result.Ours.Median)} µs, PyTorch {Time(result.Theirs.Median)} µs");
    }

    private static int[]? Counts(string? text)
    {
        var counts = new List<int>();
        foreach (string part in (text ?? "").Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 64)
                return null;
            counts.Add(count);
        }
        return [.. counts];
    }

    private static string? FindPython()
    {
        string[] candidates = OperatingSystem.IsWindows() ? ["python", "python3"] : ["/usr/bin/python3", "python3"];
        return Array.Find(candidates, python =>
        {
            try
            {
                using ChildProcess probe = ChildProcess.Python(python, "torch_peer.py", "--probe");
                return probe.ReadLine(TimeSpan.FromSeconds(60)) == "yes";
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or TimeoutException)
            {
                return false;  // no such program, or no such module
            }
        });
    }
}
