namespace Bridge.StandIn.Commands;

/// <summary>What a script writes to the log and the status line.</summary>
internal static class LogCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("Echo", 0, call => call.World.Log.Write(OneLine(call.Rest(1))));
        set.Add("EchoNoVarSub", 0, call => call.World.Log.Write(Language.Tokens.After(call.Line.Text, 1)));
        set.Add("EchoEval", 0, call => call.World.Log.Write(OneLine(string.Join(' ', call.Items.Skip(1)))), arithmetic: true);
        set.Add("EchoReplaceLine", 0, call => call.World.Log.Write(OneLine(call.Rest(1))), arithmetic: true);
        set.Add("EchoNoLineEnd", 1, call => call.World.Log.Write(OneLine(call.Rest(1))), arithmetic: true);
        set.Add("EchoBreakLines", 0, EchoBreakLines);
        set.Add("SuppressReports", 0, call => call.World.SuppressReports = call.IsOn(1));
        set.Add("NoMessageBoxOnError", 0, call => call.World.NoMessageBoxOnError = call.IsOn(1));
        set.Add("ErrorsToLog SuppressInfoOutput ProgramTimeStamps DeferLogUpdates NoLineWrapInMessageBox SuspendNavRedraw", 0, _ => { });
        set.Add("Verbose MailSubject ErrorBoxSendEmail SendEmail SetNextLogOutputStyle SetDebugOutput", 1, _ => { });
        set.Add("SaveLog SaveLogOpenNew CloseLogOpenNew", 0, _ => { });
        set.Add("SetStatusLine", 2, SetStatusLine);
        set.Add("ClearStatusLine", 1, call => call.World.StatusLines.Remove(call.Integer(1)));
        set.Add("HighlightStatusLine", 2, _ => { });
    }

    /// <summary>An array's elements are lines; the log shows them two blanks apart.</summary>
    public static string OneLine(string text) => text.Replace("\n", "  ", StringComparison.Ordinal);

    private static void EchoBreakLines(CommandCall call)
    {
        foreach (string line in call.Rest(1).Replace("\\n", "\n", StringComparison.Ordinal).Split('\n'))
            call.World.Log.Write(line);
    }

    private static void SetStatusLine(CommandCall call)
    {
        int line = call.Integer(1);
        if (line is < 1 or > 4)
            throw new Language.ScriptFault("the status line must be 1 to 4");
        call.World.StatusLines[line] = call.Rest(2);
    }
}
