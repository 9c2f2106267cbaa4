using System.CommandLine;
using Bridge.AgentHost.Commands;
using Bridge.Contracts;

namespace Bridge.AgentHost;

/// <summary>The program <c>agent-host</c>. Exit codes: 0 done, 1 failed, 2 used wrongly.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand(
            "Bridge's agent host: answers a microscope's \"next hole?\" over ZeroMQ.\n" +
            "Without a command it serves. A first look: agent-host demo")
        {
            ServeCommand.Create(),
            StartCommand.Create(),
            DemoCommand.Create(),
            new Command("train", "Learns an agent from recorded or simulated data.") { TrainPlannerCommand.Create(), TrainAlignmentCommand.Create(), TrainScanCommand.Create(), TrainCrdpgCommand.Create(), TrainClassifierCommand.Create() },
            new Command("evaluate", "Measures an agent on recorded or simulated data.") { EvaluatePlannerCommand.Create(), EvaluateAlignmentCommand.Create(), EvaluateScanCommand.Create(), EvaluateClassifierCommand.Create(), EvaluateSslCommand.Create() },
            ReplayCommand.Create(),
            DoctorCommand.Create(),
        };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["serve"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("agent-host --help shows the commands, agent-host COMMAND --help their options.");
            return ExitCode.WrongUse;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
        catch (ContractException e)
        {
            Console.Error.WriteLine($"agent-host: {e.Message}");
            return e.Code is FaultCode.BadField or FaultCode.UnknownPlanner or FaultCode.UnknownPolicy ? ExitCode.WrongUse : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("agent-host: stopped");
            return ExitCode.Failed;
        }
    }
}
