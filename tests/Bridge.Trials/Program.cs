using System.CommandLine;
using Bridge.AgentHost.Commands;
using Bridge.Contracts;
using Bridge.Trials.Commands;

namespace Bridge.Trials;

/// <summary>The program <c>bridge-trials</c>. Exit codes: 0 nothing lost, 1 something was, 2 used wrongly.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        var root = new RootCommand(
            "Abuses the real agent host, as a process of its own, with real clients over a real socket, and counts what survives.\n" +
            "  dotnet run -c Release --project tests/Bridge.Trials -- faults")
        {
            SoakCommand.Create(),
            FaultsCommand.Create(),
            LoadCommand.Create(),
            ClientCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("--help shows the trials, NAME --help their options.");
            return ExitCode.WrongUse;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (ContractException e)
        {
            Console.Error.WriteLine($"bridge-trials: {e.Message}");
            return e.Code == FaultCode.BadField ? ExitCode.WrongUse : ExitCode.Failed;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or IOException or Judging.TrialLossException or AggregateException)
        {
            Console.Error.WriteLine($"bridge-trials: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
