using System.CommandLine;
using Bridge.Agents.Alignment.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Sessions;
using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn;

/// <summary><c>run</c> and <c>acquire</c>: a session on the simulated microscope.</summary>
internal sealed class RunCommand
{
    private readonly Argument<string?> _script = new("SCRIPT") { Description = "the script to run", Arity = ArgumentArity.ExactlyOne };
    private readonly Option<string[]> _scripts = CommonOptions.Scripts();
    private readonly Option<string?> _commands = CommonOptions.Commands();
    private readonly Option<string?> _nav = new("--nav") { Description = "the Navigator file that is open; made from the grid if it is not there" };
    private readonly Option<string?> _holes = new("--holes") { Description = "table of holes with measured CTF values: what is in the microscope" };
    private readonly Option<int?> _simulated = new("--simulated") { Description = "a simulated grid of this seed is in the microscope" };
    private readonly Option<int?> _start = new("--start") { Description = "Navigator item at which the stage is when the session begins" };
    private readonly Option<string> _minutes = new("--minutes") { Description = "minutes of moves: text, reward, summed or four numbers (patch, square, grid-level image, beyond)", DefaultValueFactory = _ => "text" };
    private readonly Option<string?> _plugins = new("--plugins") { Description = "folder of plugin DLLs (Windows, Wine)" };
    private readonly Option<string> _answer = new("--answer") { Description = "answer to every question: yes or no", DefaultValueFactory = _ => "yes" };
    private readonly Option<string?> _log = new("--log") { Description = "file for the log; otherwise it is printed" };
    private readonly Option<double> _limit = new("--limit-minutes") { Description = "the simulated session ends here", DefaultValueFactory = _ => new StandInOptions().LimitMinutes };
    private readonly Option<long> _maxCommands = new("--max-commands") { Description = "most script commands, against endless loops", DefaultValueFactory = _ => new StandInOptions().MaxCommands };
    private readonly Option<bool> _times = new("--times") { Description = "print how long loading the plugins and each call into them took" };
    private readonly Option<string?> _before = new("--before") { Description = "Acquire at Items: script before the action at each item" };
    private readonly Option<string?> _action = new("--action") { Description = "Acquire at Items: script that is the action; otherwise a Record image" };
    private readonly Option<string?> _after = new("--after") { Description = "Acquire at Items: script after the action at each item" };
    private readonly Option<bool> _skipMove = new("--skip-move") { Description = "Acquire at Items: skip the stage move to the item if possible, because a script moves" };
    private readonly Option<bool> _goOn = new("--no-box") { Description = "Acquire at Items: no message box when errors occur; go on with the next item" };

    private readonly Option<int> _beam = new("--beam") { Description = "seed of where the beam starts and how the deflectors move it" };
    private readonly Option<BeamFault> _beamFault = new("--beam-fault") { Description = "what is wrong with the deflectors: none, dead or reverses" };

    public static Command CreateRun()
    {
        var options = new RunCommand();
        return options.With(new Command("run", "Runs a script, and Acquire at Items if it asks for it.") { options._script }, options._script);
    }

    public static Command CreateAcquire()
    {
        var options = new RunCommand();
        return options.With(new Command("acquire", "Starts Acquire at Items on the items that are marked."), script: null);
    }

    private Command With(Command command, Argument<string?>? script)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_scripts, _commands, _nav, _holes, _simulated, _start, _minutes, _plugins, _answer, _log, _limit, _maxCommands, _times, _before, _action, _after, _skipMove, _goOn, _beam, _beamFault])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Execute(parsed, script is null ? null : parsed.GetValue(script), cancellationToken)));
        return command;
    }

    private int Execute(ParseResult parsed, string? script, CancellationToken cancellationToken)
    {
        string answer = parsed.GetValue(_answer)!;
        var options = new StandInOptions
        {
            AnswerYes = answer is "yes" or "no" ? answer == "yes" : throw Wrong($"--answer must be yes or no, not '{answer}'"),
            LimitMinutes = parsed.GetValue(_limit) is > 0 and <= 1e7 and double limit ? limit : throw Wrong("--limit-minutes must be more than 0 and at most 10000000"),
            MaxCommands = parsed.GetValue(_maxCommands) is > 0 and long most ? most : throw Wrong("--max-commands must be 1 or more"),
            Minutes = MoveMinutes.Parse(parsed.GetValue(_minutes)!),
            BeamSeed = parsed.GetValue(_beam),
            BeamFault = parsed.GetValue(_beamFault),
        };
        var library = new ScriptLibrary();
        Script? first = Optional(library, script);
        foreach (string other in parsed.GetValue(_scripts) ?? [])
            library.Load(other);
        var plan = new AcquirePlan
        {
            Before = Optional(library, parsed.GetValue(_before)),
            Action = Optional(library, parsed.GetValue(_action)),
            After = Optional(library, parsed.GetValue(_after)),
            SkipMove = parsed.GetValue(_skipMove),
            GoesOnAfterErrors = parsed.GetValue(_goOn),
        };
        using StreamWriter? log = parsed.GetValue(_log) is { } path ? new StreamWriter(path) { AutoFlush = true } : null;
        using World world = SessionSetup.Create(options, new SessionSetup.Choice(parsed.GetValue(_holes), parsed.GetValue(_simulated), parsed.GetValue(_nav), parsed.GetValue(_start), parsed.GetValue(_plugins)), log ?? Console.Out);
        var session = new ScriptSession(new Interpreter(library, CommonOptions.ReadCommands(parsed.GetValue(_commands)), world), plan);
        RunResult result = session.Run(first, cancellationToken);
        Summary(world, result);
        if (parsed.GetValue(_times))
            world.Plugins.Times.WriteTo(Console.Out);
        return result.End == RunEnd.Completed ? Program.Done : Program.Failed;
    }

    private static void Summary(World world, RunResult result)
    {
        int good = world.Specimen is { } specimen ? world.Camera.Recorded.Distinct().Count(hole => CollectionState.IsGood(specimen.CtfA(hole))) : 0;
        Console.WriteLine(FormattableString.Invariant($"{result.End.ToString().ToLowerInvariant()}: {world.Clock.Minutes:0.##} min, {world.Stage.Moves} stage moves, {world.Camera.Shots} images, {world.Camera.Recorded.Distinct().Count()} holes recorded, {good} of them good, {world.Log.Boxes} boxes"));
        if (result.Message.Length > 0)
            Console.Error.WriteLine(result.Message);
    }

    private static Script? Optional(ScriptLibrary library, string? path) => path is null ? null : CommonOptions.Load(library, path);

    private static ContractException Wrong(string message) => new(FaultCode.BadField, message);
}
