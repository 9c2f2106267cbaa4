using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Blocks, jumps, calls and ends.</summary>
internal static class FlowCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("If", 3, If);
        set.Add("ElseIf", 3, ElseIf);
        set.Add("Else", 0, call => call.Run.JumpTo(call.Frame.Script.Blocks.End[call.LineIndex]));
        set.Add("Endif", 0, EndBlock);
        set.Add("Loop", 1, Loop, arithmetic: true);
        set.Add("DoLoop", 3, Loop, arithmetic: true);
        set.Add("EndLoop", 0, EndLoop);
        set.Add("Break", 0, Break);
        set.Add("Continue", 0, call => call.Run.JumpTo(call.Frame.Script.Blocks.End[call.LineIndex]));
        set.Add("KeyBreak", 0, _ => { }); // nobody presses a key here
        set.Add("Try", 0, call => call.Frame.Blocks.Add(new OpenBlock(BlockKind.Try, call.LineIndex) { Quiet = call.Integer(1) != 0 }));
        set.Add("Catch", 0, call => call.Run.JumpTo(call.Frame.Script.Blocks.End[call.LineIndex]));
        set.Add("EndTry", 0, EndBlock);
        set.Add("Throw", 0, call => throw new ScriptFault(call.Has(1) ? call.Rest(1) : ""));
        set.Add("SkipTo", 1, SkipTo);
        set.Add("Call", 1, call => Call(call, call.Run.Library.Named(Tokens.After(call.Line.Text, 1))));
        set.Add("CallMacro CallScript", 1, call => Call(call, NumberedOrFound(call)));
        set.Add("FindScriptByName", 1, call => call.Run.FoundByName = call.Run.Library.Named(Tokens.After(call.Line.Text, 1)));
        set.Add("DoMacro DoScript", 1, call => call.Run.Replace(call.Run.Library.Numbered(call.Integer(1))));
        set.Add("CallFunction", 1, CallFunction);
        set.Add("Function", 1, Return);       // the script's own commands end where its functions begin
        set.Add("EndFunction", 0, Return);
        set.Add("Return", 0, Return);
        set.Add("Exit", 0, Exit);
        set.Add("Repeat", 0, call => call.Run.Replace(call.Frame.Script));
        set.Add("OnStopCallFunc", 1, OnStopCallFunc);
        set.Add("FuncsTakeAllStringArgs", 0, call => call.Run.TextArguments = call.IsOn(1));
        set.Add("MacroName ScriptName LongName Require", 1, _ => { });
        set.Add("ReadOnlyUnlessAdmin", 0, _ => { });
    }

    /// <summary>The script of the number in the first argument, or for -1 the one that <c>FindScriptByName</c> found in this run.</summary>
    public static Script NumberedOrFound(CommandCall call) => call.Integer(1) != -1
        ? call.Run.Library.Numbered(call.Integer(1))
        : call.Run.FoundByName ?? throw new ScriptFault($"no script was found with FindScriptByName before {call.Info.Name} -1");

    private static void If(CommandCall call)
    {
        bool truth = Conditions.IsTrue(call.Items.GetRange(1, call.Items.Count - 1));
        call.Frame.Blocks.Add(new OpenBlock(BlockKind.If, call.LineIndex) { Done = truth });
        if (!truth)
            GoToNextBranch(call);
    }

    private static void ElseIf(CommandCall call)
    {
        OpenBlock block = Block(call, BlockKind.If);
        if (block.Done)
        {
            call.Run.JumpTo(call.Frame.Script.Blocks.End[call.LineIndex]);
            return;
        }
        block.Done = Conditions.IsTrue(call.Items.GetRange(1, call.Items.Count - 1));
        if (!block.Done)
            GoToNextBranch(call);
    }

    /// <summary>To the ElseIf, which asks again; behind the Else; or to the end.</summary>
    private static void GoToNextBranch(CommandCall call)
    {
        int next = call.Frame.Script.Blocks.Next[call.LineIndex];
        call.Run.JumpTo(next);
        if (call.Frame.Script.Lines[next].Command == "ELSE")
            call.Frame.Position = next + 1;
    }

    private static void Loop(CommandCall call)
    {
        bool counted = call.Info.Name.Equals("Loop", StringComparison.OrdinalIgnoreCase);
        var block = new OpenBlock(BlockKind.Loop, call.LineIndex)
        {
            Count = counted ? 1 : call.Integer(2),
            Limit = counted ? Math.Max(0, Numbers.Nearest(call.Number(1))) : call.Integer(3),
            Increment = !counted && call.Has(4) ? call.Integer(4) : 1,
        };
        if (block.Increment == 0)
            throw new ScriptFault("the increment of the loop is 0");
        if (IsPast(block))
        {
            int end = call.Frame.Script.Blocks.End[call.LineIndex];
            call.Frame.Position = end + 1;
            return;
        }
        string name = call.Text(counted ? 2 : 1).ToUpperInvariant();
        if (name.Length > 0)
        {
            if (call.Run.Variables.Find(name) is { } existing && (existing.Kind != VariableKind.Report))
                throw new ScriptFault($"the variable {name} exists already and cannot be a loop index");
            block.Index = call.Run.Variables.Add(new Variable(name, VariableKind.Index) { Value = Numbers.Format(block.Count) }, local: call.Run.LocalIndexes);
        }
        call.Frame.Blocks.Add(block);
    }

    private static void EndLoop(CommandCall call)
    {
        OpenBlock block = Block(call, BlockKind.Loop);
        block.Count += block.Increment;
        if (IsPast(block))
        {
            EndBlock(call);
            return;
        }
        if (block.Index is { } index)
            index.Value = Numbers.Format(block.Count);
        call.Frame.Position = block.Line + 1;
    }

    private static void Break(CommandCall call)
    {
        call.Run.JumpTo(call.Frame.Script.Blocks.End[call.LineIndex]);
        OpenBlock block = Block(call, BlockKind.Loop);
        block.Count = block.Limit;
    }

    private static bool IsPast(OpenBlock block) => block.Increment < 0 ? block.Count < block.Limit : block.Count > block.Limit;

    private static void EndBlock(CommandCall call)
    {
        if (call.Frame.Blocks.Count == 0)
            throw new ScriptFault($"{call.Info.Name} without a block");
        // One line further and one block less.
        int behind = call.Frame.Position;
        if (call.Frame.Blocks[^1].Index is { } index)
            call.Run.Variables.Remove(index);
        call.Frame.Blocks.RemoveAt(call.Frame.Blocks.Count - 1);
        call.Frame.Position = behind;
    }

    private static OpenBlock Block(CommandCall call, BlockKind kind)
        => call.Frame.Blocks.Count > 0 && call.Frame.Blocks[^1].Kind == kind ? call.Frame.Blocks[^1] : throw new ScriptFault($"{call.Info.Name} without its block");

    private static void SkipTo(CommandCall call)
    {
        int label = call.Frame.Script.Blocks.Next[call.LineIndex];
        call.Run.JumpTo(label >= 0 ? label : throw new ScriptFault($"there is no label '{call.Text(1)}:' to skip to"));
    }

    private static void Call(CommandCall call, Script script)
    {
        if (!call.Run.IsStopping)
            call.Run.Call(script, function: null);
    }

    private static void CallFunction(CommandCall call)
    {
        if (call.Run.IsStopping)
            return;
        (ScriptFunction function, int first) = call.Run.Library.Called(call.Line.Text, call.Frame.Script);
        int given = Math.Clamp(call.Items.Count - first, 0, function.Arguments.Count);
        var values = new string[function.Arguments.Count];
        for (int i = 0; i < values.Length; i++)
        {
            bool isText = function.TakesText && i == function.Numbers;
            values[i] = isText ? call.Rest(first + i) : call.Run.TextArguments ? call.Text(first + i) : Numbers.Format(call.Number(first + i));
        }
        call.Run.Call(function.Script, function);
        VariableStore variables = call.Run.Variables;
        SetLocal(variables, "FUNCTIONNAME", function.Name);
        for (int i = 0; i < values.Length; i++)
            SetLocal(variables, function.Arguments[i], values[i]);
        if (values.Length > 0)
            SetLocal(variables, "NUMCALLARGS", Numbers.Format(given));
    }

    private static void SetLocal(VariableStore variables, string name, string value) => variables.Add(new Variable(name, VariableKind.Local) { Value = value });

    private static void Return(CommandCall call)
    {
        var values = new List<string>();
        if (call.Info.Name == "Return")
        {
            for (int i = 1; i <= 6 && call.Has(i); i++)
                values.Add(call.Text(i));
        }
        call.Run.Leave();
        if (values.Count > 0)
            call.Run.Variables.Report(values.ToArray());
    }

    private static void Exit(CommandCall call)
    {
        if (call.Has(1))
            call.World.Log.Write(call.Rest(1));
        call.Run.Exit();
    }

    private static void OnStopCallFunc(CommandCall call)
    {
        (ScriptFunction function, _) = call.Run.Library.Called(call.Line.Text, call.Frame.Script);
        if (function.Arguments.Count > 0)
            throw new ScriptFault($"the function {function.Name} takes arguments and cannot be called on STOP");
        call.Run.OnStop(function);
    }
}
