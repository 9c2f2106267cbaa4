using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Boxes that wait for a person. Here an option answers them; that they opened is in the log, because nobody may be there.</summary>
internal static class QuestionCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("Pause", 0, call => Ask(call, call.Rest(1), orStop: true));
        set.Add("YesNoBox", 1, call => call.Report(Ask(call, call.Rest(1), orStop: false) ? 1 : 0));
        set.Add("OKBox", 1, call => call.World.Log.Box(call.Rest(1)));
        set.Add("EnterOneNumber", 1, call => Enter(call, 0, call.Rest(1)));
        set.Add("EnterDefaultedNumber", 3, call => Enter(call, call.Number(1), call.Rest(3)));
        set.Add("EnterString", 2, EnterString);
        set.Add("ThreeChoiceBox", 3, ThreeChoiceBox);
        set.Add("AbortIfFailed", 1, AbortIfFailed);
        set.Add("PauseIfFailed", 0, call => Ask(call, call.Rest(1), orStop: true));
    }

    private static bool Ask(CommandCall call, string question, bool orStop)
    {
        bool yes = call.World.Options.AnswerYes;
        call.World.Log.Box($"{question} [answered {(yes ? "yes" : "no")}]");
        if (orStop && !yes)
            throw new ScriptFault($"stopped by the answer to: {question}");
        return yes;
    }

    private static void Enter(CommandCall call, double value, string question)
    {
        call.World.Log.Box($"{question} [answered {Numbers.Format(value)}]");
        call.Report(value);
    }

    private static void EnterString(CommandCall call)
    {
        call.World.Log.Box($"{call.Rest(2)} [answered with nothing]");
        call.Run.Variables.Set(call.Text(1), "");
    }

    /// <summary>The first choice for yes, the last for no.</summary>
    private static void ThreeChoiceBox(CommandCall call)
    {
        int choice = call.World.Options.AnswerYes ? 1 : call.Has(4) ? 3 : 2;
        call.World.Log.Box($"{LogCommands.OneLine(VariableCommands.Existing(call, 1).Value)} [answered {choice}]");
        call.Report(choice);
    }

    private static void AbortIfFailed(CommandCall call)
    {
        if (call.Run.Variables.Find("TESTRESULT") is { Value: "0" })
            throw new ScriptFault(call.Rest(1));
    }
}
