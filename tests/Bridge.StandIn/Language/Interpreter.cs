using Bridge.StandIn.Checking;
using Bridge.StandIn.Commands;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Language;

/// <summary>
/// Carries out scripts, one command after the other, as SerialEM does: variables put in first, then arithmetic where the command allows it.
/// An error goes to the innermost Try block that is in its Try part, through functions and called scripts; without one the run ends, after
/// the function that <c>OnStopCallFunc</c> named. One thread.
/// </summary>
internal sealed partial class Interpreter(ScriptLibrary library, CommandTable commands, World world)
{
    /// <summary>Most functions and scripts that call each other.</summary>
    public const int MostCalls = 40;

    private readonly Stack<Frame> _frames = new();
    private ScriptFunction? _onStop;
    private bool _stopping;
    private long _executed;

    public World World => world;

    public ScriptLibrary Library => library;

    public VariableStore Variables { get; } = new();

    /// <summary>Text in single quotes is one item.</summary>
    public bool ParsesQuotes { get; set; }

    /// <summary>Loop indexes are seen only in their own function or script.</summary>
    public bool LocalIndexes { get; set; }

    /// <summary>All arguments of functions are texts (<c>FuncsTakeAllStringArgs</c>).</summary>
    public bool TextArguments { get; set; }

    /// <summary>What <c>FindScriptByName</c> found last in this run; null if it has not been used.</summary>
    public Script? FoundByName { get; set; }

    public Frame Frame => _frames.Peek();

    /// <summary>Checks a script and all that it calls, and carries it out.</summary>
    public RunResult Run(Script script, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<CheckProblem> problems = Checker.Check(script, library, commands);
        if (problems.FirstOrDefault(problem => problem.Refuses) is { } first)
        {
            world.Log.Box($"Script failed initial checking, nothing was executed: {first}");
            return new RunResult(RunEnd.Refused, first.ToString());
        }
        Variables.Clear(kind: null);
        (_onStop, _stopping, FoundByName, ParsesQuotes, LocalIndexes, TextArguments, world.NoMessageBoxOnError) = (null, false, null, false, false, false, false);
        _frames.Clear();
        Enter(new Frame(script, function: null));
        try
        {
            return Loop(cancellationToken);
        }
        catch (LimitReached limit)
        {
            return new RunResult(RunEnd.Limit, limit.Message + Where());
        }
        finally
        {
            world.TextFiles.CloseAll(persistentToo: false);
        }
    }

    /// <summary>Puts variables into a whole line and returns what follows its first items.</summary>
    public string Rest(string line, int items) => Tokens.After(Variables.Substitute(line), items);

    private RunResult Loop(CancellationToken cancellationToken)
    {
        string failure = "";
        while (_frames.TryPeek(out Frame? frame))
        {
            if (++_executed > world.Options.MaxCommands)
                throw new LimitReached($"more than {world.Options.MaxCommands} commands were executed; is there an endless loop? (--max-commands)");
            if ((_executed & 0x3ff) == 0 && cancellationToken.IsCancellationRequested)
                throw new LimitReached("the run was cancelled");
            try
            {
                if (frame.Position >= frame.Script.Lines.Count)
                    Leave();
                else
                    Execute(frame, frame.Script.Lines[frame.Position++]);
            }
            catch (ScriptFault fault)
            {
                if (Catches(fault))
                    continue;
                string message = fault.Message + Where();
                if (failure.Length == 0)
                    failure = message;
                world.ShowError(message, fault.AlwaysInBox);
                StopFunctionOrEnd();
            }
        }
        return failure.Length == 0 ? RunResult.Completed : new RunResult(RunEnd.Aborted, failure);
    }

    private void Execute(Frame frame, ScriptLine line)
    {
        if (line.TooMany && !line.IsStringAssignment)
            throw new ScriptFault($"there are more than {Tokens.Most} items on the line");
        List<string> items = ParsesQuotes ? Tokens.Split(line.Text, quotes: true, out _) : [.. line.Items];
        for (int i = 0; i < items.Count; i++)
        {
            // The text of a string assignment is put together from the line, not from its items.
            if (!(line.IsStringAssignment && i > 1) && items[i].Contains('$') && line.Command != "ECHONOVARSUB")
                items[i] = Variables.Substitute(items[i]);
        }
        string command = items[0].ToUpperInvariant();
        if (Numbers.TryParse(command, out _))
            throw new ScriptFault("a command cannot begin with a number");
        if (command != line.Command && ReservedWords.Contains(command) && items.Count < 2)
            throw new ScriptFault("a control command cannot come from a variable");
        if (line.IsLabel)
            return;
        if (line.IsAssignment)
        {
            Assignment.Execute(this, line, items);
            return;
        }
        CommandInfo info = commands.Find(command) ?? throw new ScriptFault($"'{items[0]}' is not a command of SerialEM");
        if (info.Arithmetic)
            EvaluateArguments(items, info);
        if (items.Count - 1 < info.MinArguments)
            throw new ScriptFault($"{info.Name} must be followed by at least {info.MinArguments} entries");
        if (info.Handler is null)
            throw new ScriptFault($"{info.Name} is a command of SerialEM that this stand-in does not simulate");
        info.Handler(new CommandCall(this, frame, info, line, items));
    }

    private static void EvaluateArguments(List<string> items, CommandInfo info)
    {
        Tokens.SeparateParentheses(items, 1);
        List<string> arguments = items.GetRange(1, items.Count - 1);
        if (arguments.Count == 0)
            return;
        Arithmetic.Evaluate(arguments);
        items.RemoveRange(1, items.Count - 1);
        items.AddRange(arguments);
        if (arguments.Count < info.MinArguments)
            throw new ScriptFault($"{info.Name} needs {info.MinArguments} entries, and {arguments.Count} are left after arithmetic");
    }

    private string Where()
    {
        if (!_frames.TryPeek(out Frame? frame) || frame.Script.Lines.Count == 0)
            return "";
        ScriptLine line = frame.Script.Lines[Math.Clamp(frame.Position - 1, 0, frame.Script.Lines.Count - 1)];
        string text = line.Text.Length <= 200 ? line.Text : line.Text[..200] + "…";
        return $"\n    in {frame.Script}{(frame.Function is { } function ? $", function {function.Name}," : "")} line {line.Number}: {text}";
    }
}
