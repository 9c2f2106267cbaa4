using System.CommandLine;
using Bridge.Contracts;

namespace Bridge.StandIn;

/// <summary>The program <c>serialem-standin</c>. Exit codes: 0 done, 1 failed, 2 used wrongly.</summary>
public static class Program
{
    internal const int Done = 0, Failed = 1, WrongUse = 2;

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand(
            "A stand-in for SerialEM: checks and runs its scripts on a simulated microscope and loads its plugins.\n\n" +
            "  serialem-standin check macros/serialem                          what SerialEM would say before running\n" +
            "  serialem-standin run SCRIPT.txt --holes grid.csv --nav s.nav    a session on recorded holes; makes s.nav if it is not there\n" +
            "  serialem-standin run SCRIPT.txt --simulated 7                   a session on a simulated grid of this seed\n" +
            "  serialem-standin acquire --before GATE.txt --holes grid.csv     Acquire at Items with a script before each item\n\n" +
            "Time is simulated: a move takes minutes by the levels it crosses (--minutes), and a night takes seconds.\n" +
            "On Windows and under Wine plugins are DLLs in --plugins FOLDER; elsewhere Bridge's own functions are built in.")
        {
            RunCommand.CreateRun(),
            RunCommand.CreateAcquire(),
            CheckCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            await Console.Error.WriteLineAsync("serialem-standin --help shows the commands, serialem-standin COMMAND --help their options.").ConfigureAwait(false);
            return WrongUse;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (ContractException e)
        {
            await Console.Error.WriteLineAsync($"serialem-standin: {e.Message}").ConfigureAwait(false);
            return WrongUse;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"serialem-standin: {e.Message}").ConfigureAwait(false);
            return Failed;
        }
    }
}
