using System.CommandLine;
using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Bridge.Fuzz;

/// <summary>Tries readers of outside input with input that is wrong. Exits 1 if one crashed, hung or took too much memory.</summary>
internal static class Program
{
    private const string Columns = "| target | tried | accepted | refused | crashed | hung | too much memory | most memory MB | longest ms | kinds of refusal | a second |";

    public static int Main(string[] arguments)
    {
        var targets = new Argument<string[]>("TARGET") { Description = $"all, or some of: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}", Arity = ArgumentArity.OneOrMore };
        var executions = new Option<long>("--executions") { Description = "Executions of each target.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int>("--seed") { Description = "Seed; the same one gives the same inputs.", DefaultValueFactory = _ => 0 };
        var findings = new Option<string>("--findings") { Description = "Folder for what is found.", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "findings") };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the table to this file." };
        var root = new RootCommand("Tries the readers of outside input with valid input, damaged input and noise.") { targets, executions, seed, findings, json };
        root.SetAction(parsed => Run(parsed.GetValue(targets)!, parsed.GetValue(executions), parsed.GetValue(seed), parsed.GetValue(findings)!, parsed.GetValue(json)));
        return root.Parse(arguments).Invoke();
    }

    private static int Run(string[] names, long executions, int seed, string folder, FileInfo? json)
    {
        FuzzTarget[] chosen = names is ["all"] ? [.. FuzzTargets.All] : [.. FuzzTargets.All.Where(target => names.Contains(target.Name))];
        if (chosen.Length == 0 || (names is not ["all"] && chosen.Length != names.Length))
        {
            Console.Error.WriteLine($"fuzz: choose all, or some of {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}");
            return 2;
        }
        using var findings = new Findings(folder);
        var results = new List<FuzzResult>();
        Console.WriteLine(Columns);
        Console.WriteLine("|" + string.Concat(Enumerable.Repeat(" --- |", Columns.Count(letter => letter == '|') - 1)));
        foreach (FuzzTarget target in chosen)
        {
            results.Add(new FuzzRun(target, seed, findings).Execute(executions, Console.IsErrorRedirected ? null : Progress));
            Console.WriteLine(Row(results[^1]));
            Write(json, seed, results);
        }
        bool clean = results.TrueForAll(result => result.IsClean);
        Console.WriteLine($"{results.Sum(result => result.Tried)} executions, seed {seed}: {(clean ? "nothing found" : $"see {folder}")}");
        return clean ? 0 : 1;

        void Progress(FuzzResult result) => Console.Error.Write($"\r{result.Target}: {100.0 * result.Tried / executions:0} %  ");
    }

    private static string Row(FuzzResult result) => string.Create(CultureInfo.InvariantCulture,
        $"| {result.Target} | {result.Tried} | {result.Accepted} | {result.Refused} | {result.Crashed} | {result.Hung} | {result.TooLarge} | {result.MostBytes / 1e6:0.0} | {result.Longest.TotalMilliseconds:0} | {result.Outcomes} | {result.Tried / result.Took.TotalSeconds:0} |");

    private static void Write(FileInfo? file, int seed, List<FuzzResult> results)
    {
        if (file is null)
            return;
        var rows = new JArray(results.Select(result => new JObject
        {
            ["target"] = result.Target,
            ["tried"] = result.Tried,
            ["accepted"] = result.Accepted,
            ["refused"] = result.Refused,
            ["crashed"] = result.Crashed,
            ["hung"] = result.Hung,
            ["too_large"] = result.TooLarge,
            ["most_bytes"] = result.MostBytes,
            ["longest_ms"] = result.Longest.TotalMilliseconds,
            ["seconds"] = result.Took.TotalSeconds,
        }));
        File.WriteAllText(file.FullName, new JObject { ["command"] = "fuzz", ["seed"] = seed, ["rows"] = rows }.ToString() + "\n");
    }
}
