using System.CommandLine;
using Bridge.Contracts;
using Bridge.StandIn.Checking;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;

namespace Bridge.StandIn;

/// <summary><c>check</c>: what SerialEM would say of scripts before it runs them.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("SCRIPT|FOLDER") { Description = "script files, or folders of .txt files", Arity = ArgumentArity.OneOrMore };
        Option<string?> commands = CommonOptions.Commands();
        Option<string[]> scripts = CommonOptions.Scripts();
        var together = new Option<bool>("--together") { Description = "load all files at once, so that they find each other's scripts and functions; otherwise those of one folder" };
        var command = new Command("check", "Checks scripts as SerialEM does before it runs them. Exit code 1 if one would not run.") { paths, commands, scripts, together };
        command.SetAction(parsed => Run(parsed.GetValue(paths) ?? [], CommonOptions.ReadCommands(parsed.GetValue(commands)), parsed.GetValue(scripts) ?? [], parsed.GetValue(together)));
        return command;
    }

    private static int Run(string[] paths, CommandTable commands, string[] others, bool together)
    {
        List<string> files = [.. paths.SelectMany(Files)];
        int passed = 0;
        foreach (IGrouping<string, string> group in files.GroupBy(file => together ? "" : Path.GetDirectoryName(Path.GetFullPath(file)) ?? ""))
        {
            var library = new ScriptLibrary();
            foreach (string other in others)
                library.Load(other);
            List<(string File, IReadOnlyList<Script> Scripts)> loaded = [.. group.Select(file => (file, library.Load(file)))];
            foreach ((string file, IReadOnlyList<Script> scripts) in loaded)
                passed += Report(file, scripts.SelectMany(script => Checker.Check(script, library, commands)).Where(problem => scripts.Contains(problem.Script)).ToList()) ? 1 : 0;
        }
        Console.WriteLine($"{passed} of {files.Count} script files pass");
        return passed == files.Count ? Program.Done : Program.Failed;
    }

    private static bool Report(string file, List<CheckProblem> problems)
    {
        bool passes = !problems.Exists(problem => problem.Refuses);
        Console.WriteLine($"{(passes ? "ok     " : "REFUSED")} {file}");
        foreach (CheckProblem problem in problems)
            Console.WriteLine($"        {problem}");
        return passes;
    }

    private static IEnumerable<string> Files(string path)
    {
        if (Directory.Exists(path))
            return Directory.EnumerateFiles(path, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return File.Exists(path) ? [path] : throw new ContractException(FaultCode.UnreadableFile, $"there is no file or folder {path}");
    }
}
