using Bridge.StandIn.Commands;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Checking;

/// <summary>
/// What SerialEM checks before it carries out anything: that commands exist and have the entries they need, that blocks nest, parentheses
/// match, labels and called scripts and functions are there, in the script and in every script it calls. Beyond that it warns of texts
/// where a number is needed.
/// </summary>
internal sealed class Checker
{
    /// <summary>The scripting version that the help describes (<c>Require 204</c>).</summary>
    private const int ScriptingVersion = 204;

    private static readonly HashSet<string> s_features = new(StringComparer.OrdinalIgnoreCase) { "variable1", "variables1", "arrays", "keepcase", "zeroloop", "evalargs" };

    private readonly ScriptLibrary _library;
    private readonly CommandTable _commands;
    private readonly List<CheckProblem> _problems = [];
    private readonly HashSet<Script> _checked = [];
    private Script _script = null!;
    private ScriptLine _line = null!;

    private Checker(ScriptLibrary library, CommandTable commands) => (_library, _commands) = (library, commands);

    /// <summary>Every problem of a script and of those it calls, in the order found.</summary>
    public static IReadOnlyList<CheckProblem> Check(Script script, ScriptLibrary library, CommandTable commands)
    {
        var checker = new Checker(library, commands);
        checker.CheckScript(script);
        return checker._problems;
    }

    private void CheckScript(Script script)
    {
        if (!_checked.Add(script))
            return;
        _script = script;
        if (script.IsPython)
        {
            _problems.Add(new CheckProblem(script, 1, "", "this is a Python script, which SerialEM hands to Python; it is not checked here", Refuses: false));
            return;
        }
        if (script.CommentProblem is { } comment)
            _problems.Add(new CheckProblem(script, comment.Line, "", comment.Message, Refuses: true));
        foreach ((int line, string message) in script.Blocks.Problems)
            Add(script.Lines[line], message);
        for (int i = 0; i < script.Lines.Count; i++)
        {
            (_script, _line) = (script, script.Lines[i]);
            bool skips = CheckLine();
            i += skips ? 1 : 0;
            if (_line.Command == "REPEAT" && !_line.IsAssignment)
                break; // nothing behind it is looked at
        }
    }

    /// <returns>True if the next line is not to be checked.</returns>
    private bool CheckLine()
    {
        if (_line.TooMany && !_line.IsStringAssignment)
            Add("there are too many items on the line");
        if (_line.IsAssignment)
        {
            CheckAssignment();
            return false;
        }
        if (_line.Command.StartsWith('$') || _line.IsLabel)
            return false;
        if (_line.Items.Count == 1 && int.TryParse(_line.Command, out int number) && number is >= 1 and <= 60)
            return false; // SerialEM reads a lone number as DoMacro
        CommandInfo? info = _commands.Find(_line.Command);
        if (info is null)
        {
            Add(_commands.IsWhole
                ? $"'{_line.Items[0]}' is not a command of SerialEM"
                : $"'{_line.Items[0]}' is not simulated here, and without SerialEM's own list (--commands serialem-commands.tsv) it is not known whether SerialEM has it");
            return false;
        }
        if (_line.Items.Count - 1 < info.MinArguments)
            Add($"{info.Name} must be followed by at least {info.MinArguments} entries, and {_line.Items.Count - 1} are there");
        if (info.Arithmetic || _line.Command is "IF" or "ELSEIF")
            CheckParentheses(1);
        CheckTypes(info);
        CheckControl();
        return _line.Command == "SKIPIFVERSIONLESSTHAN";
    }

    private void CheckAssignment()
    {
        if (ReservedWords.Contains(_line.Command))
            Add($"'{_line.Items[0]}' is a reserved word and cannot be a variable");
        if (_line.Command.StartsWith('$'))
            Add("a value cannot be assigned to a name that is itself a variable");
        if (_line.IsStringAssignment)
            return;
        List<string> values = [.. _line.Items.Skip(2)];
        if (Assignment.TakeBraces(values) is null)
            Add("{ and } must be at the beginning and end of the values");
        if (_line.Item(1) == "=" && values.Count == 0)
            Add("the assignment is empty");
        CheckParentheses(2);
    }

    private void CheckParentheses(int from)
    {
        List<string> items = [.. _line.Items];
        Tokens.SeparateParentheses(items, from);
        int level = 0;
        for (int i = from; i < items.Count; i++)
        {
            level += items[i] == "(" ? 1 : items[i] == ")" ? -1 : 0;
            if (items[i] == ")" && items[i - 1] == "(")
                Add("there is nothing inside the parentheses");
            if (level < 0)
                break;
        }
        if (level != 0)
            Add("the parentheses are not balanced");
    }

    /// <summary>SerialEM reads 0 from a text where a number belongs, and says nothing.</summary>
    private void CheckTypes(CommandInfo info)
    {
        if (info.Arithmetic && _line.Items.Any(item => Arithmetic.IsFunction(item) || item.AsSpan().IndexOfAny("()") >= 0))
            return;
        for (int i = 0; i < info.Types.Length && i + 1 < _line.Items.Count; i++)
        {
            string item = _line.Items[i + 1];
            if (item.Contains('$') || info.Types[i] is not ('D' or 'I'))
                continue;
            if (!Numbers.TryParse(item, out _) && !item.StartsWith("0x", StringComparison.Ordinal) && !(info.Types[i] == 'I' && item.Length <= 3 && char.IsLetter(item[0])))
                _problems.Add(new CheckProblem(_script, _line.Number, _line.Text, $"{info.Name} needs a number as entry {i + 1}; SerialEM would read {Numbers.Format(Numbers.Leading(item))} from '{item}'", Refuses: false));
        }
    }

    private void CheckControl()
    {
        switch (_line.Command)
        {
            case "REQUIRE": CheckRequire(); break;
            case "REPEAT" or "DOMACRO" or "DOSCRIPT": CheckOutside(); break;
            case "FUNCTION": CheckFunction(); break;
            case "CALL" or "CALLMACRO" or "CALLSCRIPT" or "CALLFUNCTION" when _line.Item(1).StartsWith('$') && _line.Item(1) != "$":
                Add("the script or function to call cannot come from a variable");
                break;
            case "CALL": CheckCalled(() => _library.Named(Tokens.After(_line.Text, 1))); break;
            case "CALLMACRO" or "CALLSCRIPT" when _line.Items.Count > 1 && _line.Item(1) != "-1":
                CheckCalled(() => _library.Numbered(Numbers.LeadingInteger(_line.Item(1))));
                break;
            case "CALLFUNCTION": CheckCalled(() => _library.Called(_line.Text, _script).Function.Script); break;
        }
    }

    private void CheckOutside()
    {
        int index = IndexOf(_line);
        if (_script.Blocks.Depth[index] > 0)
            Add($"{_line.Items[0]} cannot be used inside an If block or a loop");
    }

    private void CheckFunction()
    {
        for (int i = 2; i < 4; i++)
        {
            if (_line.Item(i) is { Length: > 0 } item && Numbers.Format(Numbers.LeadingInteger(item)) != item)
                Add("a function's name is one word, and whole numbers follow it: how many numbers it takes, and 1 if it takes a text");
        }
        if (_script.Functions.Count(function => function.Name == _line.Item(1)) > 1)
            Add($"two functions of this script have the name '{_line.Item(1)}'");
    }

    private void CheckRequire()
    {
        foreach (string feature in _line.Items.Skip(1))
        {
            int version = Numbers.LeadingInteger(feature);
            if (version > ScriptingVersion)
                Add($"scripting version {version} is needed and this is {ScriptingVersion}");
            else if (version <= 0 && !s_features.Contains(feature))
                Add($"the feature '{feature}' is not known");
        }
    }

    private void CheckCalled(Func<Script> find)
    {
        if (_line.Items.Count < 2)
            return;
        (Script script, ScriptLine line) = (_script, _line);
        try
        {
            CheckScript(find());
        }
        catch (ScriptFault fault)
        {
            Add(fault.Message);
        }
        (_script, _line) = (script, line);
    }

    private int IndexOf(ScriptLine line)
    {
        for (int i = 0; i < _script.Lines.Count; i++)
        {
            if (ReferenceEquals(_script.Lines[i], line))
                return i;
        }
        return 0;
    }

    private void Add(string message) => Add(_line, message);

    private void Add(ScriptLine line, string message) => _problems.Add(new CheckProblem(_script, line.Number, line.Text, message, Refuses: true));
}
