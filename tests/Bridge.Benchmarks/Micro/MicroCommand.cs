using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Bridge.Benchmarks.Micro;

/// <summary>Commands that run BenchmarkDotNet, inside this process: nothing is compiled anew, and each ends in a few minutes.</summary>
internal static class MicroCommand
{
    public static Command Create(string name, string description, params Type[] benchmarks)
    {
        var thorough = new Option<bool>("--thorough") { Description = "More iterations: minutes become a quarter of an hour, the error bars shrink." };
        var only = new Option<string?>("--only") { Description = $"Only the classes whose name contains this, of {string.Join(", ", benchmarks.Select(type => type.Name))}." };
        var artifacts = new Option<DirectoryInfo>("--artifacts")
        {
            Description = "Folder for the tables as Markdown and JSON.",
            DefaultValueFactory = _ => new DirectoryInfo("BenchmarkDotNet.Artifacts"),
        };
        var command = new Command(name, description) { thorough, only, artifacts };
        command.SetAction(parsed => Run(Chosen(benchmarks, parsed.GetValue(only)), parsed.GetValue(thorough), parsed.GetValue(artifacts)!.FullName));
        return command;
    }

    private static Type[] Chosen(Type[] benchmarks, string? only)
    {
        Type[] chosen = Array.FindAll(benchmarks, type => only is null || type.Name.Contains(only, StringComparison.OrdinalIgnoreCase));
        return chosen.Length > 0 ? chosen : throw new InvalidOperationException($"--only {only} matches no class; --help lists them");
    }

    private static int Run(Type[] benchmarks, bool thorough, string artifacts)
    {
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(thorough ? 500 : 100))
            .WithWarmupCount(thorough ? 10 : 3).WithIterationCount(thorough ? 40 : 6);
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(StatisticColumn.Min) // the fastest iteration: what is least disturbed by others
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief)
            .WithArtifactsPath(artifacts);
        bool failed = false;
        foreach (Type benchmark in benchmarks)
        {
            Summary summary = BenchmarkRunner.Run(benchmark, config);
            failed |= summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success);
        }
        return failed ? 1 : 0;
    }
}
