using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>What is done to variables by name.</summary>
internal static class VariableCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("LocalVar", 1, LocalVar);
        set.Add("LocalLoopIndexes", 0, call => call.Run.LocalIndexes = true);
        set.Add("IsVariableDefined", 1, call => call.ReportTo(2, call.Run.Variables.Find(call.Text(1)) is null ? 0 : 1));
        set.Add("GetVariable", 1, GetVariable);
        set.Add("MakeVarPersistent", 1, MakePersistent);
        set.Add("ClearPersistentVars", 0, call => call.Run.Variables.Clear(VariableKind.Persistent));
        set.Add("ClearNonPersistentVars", 0, call => call.Run.Variables.Clear(VariableKind.Regular));
        set.Add("ListVars", 0, call => List(call, null));
        set.Add("ListPersistentVars", 0, call => List(call, VariableKind.Persistent));
        set.Add("ParseQuotedStrings", 0, call => call.Run.ParsesQuotes = call.IsOn(1));
        set.Add("SetStringVar", 0, call => throw new ScriptFault("SetStringVar is only for SerialEM's own use; write name @= text"));
        set.Add("CompareStrings", 2, call => Compare(call, StringComparison.Ordinal));
        set.Add("CompareNoCase", 2, call => Compare(call, StringComparison.OrdinalIgnoreCase));
        set.Add("StripEndingDigits", 2, StripEndingDigits);
        set.Add("TrimString", 3, TrimString);
        set.Add("FindSubstring", 3, FindSubstring);
        set.Add("Test", 1, Test);
    }

    private static void LocalVar(CommandCall call)
    {
        for (int i = 1; call.Has(i); i++)
        {
            if (call.Run.Variables.Find(call.Text(i)) is not { Kind: VariableKind.Local })
                call.Run.Variables.Add(new Variable(call.Text(i).ToUpperInvariant(), VariableKind.Local) { Value = "0" });
        }
    }

    private static void GetVariable(CommandCall call)
    {
        Variable variable = Existing(call, 1);
        call.Run.Variables.Report([variable.Value]);
    }

    private static void MakePersistent(CommandCall call)
    {
        Variable variable = Existing(call, 1);
        VariableKind from = call.IsOn(2) ? VariableKind.Regular : VariableKind.Persistent;
        if (variable.Kind != from)
            throw new ScriptFault($"the variable {variable.Name} is not {from.ToString().ToLowerInvariant()}, so its kind cannot be changed");
        variable.Kind = call.IsOn(2) ? VariableKind.Persistent : VariableKind.Regular;
    }

    private static void List(CommandCall call, VariableKind? kind)
    {
        foreach (Variable variable in call.Run.Variables.All.Where(variable => kind is null || variable.Kind == kind))
            call.World.Log.Write($"{variable.Name} = {(variable.Rows is { } rows ? $"{{ {string.Join(" ", rows.Select(Shown))} }}" : Shown(variable.Value))}");
    }

    private static string Shown(string value) => value.Contains('\n') ? $"{{ {value.Replace('\n', ' ')} }}" : value;

    /// <summary>0 if the variable's text is the text that follows, like C's strcmp otherwise.</summary>
    private static void Compare(CommandCall call, StringComparison comparison)
        => call.Report(Math.Sign(string.Compare(Existing(call, 1).Value, call.Rest(2), comparison)));

    private static void StripEndingDigits(CommandCall call)
    {
        string text = call.Text(1), stem = text.TrimEnd("0123456789".ToCharArray());
        call.Run.Variables.Set(call.Text(2), stem);
        call.Report(Numbers.LeadingInteger(text[stem.Length..]));
    }

    private static void TrimString(CommandCall call)
    {
        Variable variable = Existing(call, 2);
        char[] letters = [.. call.Rest(3), ' '];
        variable.Value = call.Integer(1) switch { < 0 => variable.Value.TrimStart(letters), > 0 => variable.Value.TrimEnd(letters), _ => variable.Value.Trim(letters) };
    }

    private static void FindSubstring(CommandCall call)
    {
        string text = Existing(call, 1).Value, part = call.Rest(3);
        call.Report(text.IndexOf(part, call.Integer(2) != 0 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) + 1);
    }

    private static void Test(CommandCall call)
    {
        bool truth = call.Has(2) ? Conditions.IsTrue(call.Items.GetRange(1, call.Items.Count - 1)) : call.Number(1) != 0;
        call.Report(truth ? 1 : 0);
        call.Set("TESTRESULT", truth ? 1 : 0);
    }

    public static Variable Existing(CommandCall call, int argument)
        => call.Run.Variables.Find(call.Text(argument)) ?? throw new ScriptFault($"the variable {call.Text(argument)} is not defined");
}
