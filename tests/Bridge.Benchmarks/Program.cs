using System.CommandLine;
using Bridge.Benchmarks.EndToEnd;
using Bridge.Benchmarks.Micro;
using Bridge.Benchmarks.RoundTrip;
using Bridge.Benchmarks.Tensors;
using Bridge.Benchmarks.Training;

namespace Bridge.Benchmarks;

/// <summary>The benchmarks; README.md says which answers which question. Exit codes: 0 done, 1 failed, 2 used wrongly.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand(
            "Bridge's benchmarks. Run them in Release on a quiet machine:\n" +
            "  dotnet run -c Release --project tests/Bridge.Benchmarks -- roundtrip\n" +
            "roundtrip, suggest and score measure whole processes and report p50, p99 and worst; torch compares tensor work with PyTorch; elimination trains a planner twice; deviations looks for decisions that a planner could learn to take better; planner and codec measure single\n" +
            "operations with BenchmarkDotNet. Each ends in a few minutes.")
        {
            RoundTripCommand.Create(),
            EchoCommand.Create(),
            SuggestCommand.Create(),
            ScoreCommand.Create(),
            TorchCommand.Create(),
            EliminationCommand.Create(),
            DeviationsCommand.Create(),
            MicroCommand.Create("planner", "RatePlanner's time and memory for one suggestion and one result, beside NearestPlanner and the greedy list; a training step without its network.",
                typeof(PlannerBenchmark), typeof(BeliefsBenchmark), typeof(ListsBenchmark), typeof(DecisionBenchmark), typeof(TrainingStepBenchmark)),
            MicroCommand.Create("alignment", "What stands between two camera frames: the disk in a picture, a decision, a training step of the soft actor-critic.", typeof(AlignmentBenchmark)),
            MicroCommand.Create("scan", "Partial scans: an adaptive scan with its decisions, the completion of one image, a training step of the generator.", typeof(ScanBenchmark)),
            MicroCommand.Create("codec", "Messages to frames and back, a journal line with and without flush, the steps of opening a session, CRC-32C.",
                typeof(MessageBenchmark), typeof(JournalBenchmark), typeof(OpeningBenchmark), typeof(NavigatorBenchmark), typeof(Crc32CBenchmark)),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("--help shows the benchmarks, NAME --help their options.");
            return 2;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or IOException or Contracts.ContractException or System.Net.Sockets.SocketException)
        {
            Console.Error.WriteLine($"failed: {e.Message}");
            return 1;
        }
    }
}
