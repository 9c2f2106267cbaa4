namespace Bridge.StandIn.Language;

/// <summary>Where the next command is: blocks, calls, errors.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Goes on at a line of the script that runs, leaving the blocks that it is not in.</summary>
    public void JumpTo(int line)
    {
        Frame frame = Frame;
        Trim(frame, frame.Script.Blocks.Depth[line]);
        frame.Position = line;
    }

    /// <summary>Begins a function or script; the caller goes on when it returns.</summary>
    public void Call(Script script, ScriptFunction? function)
    {
        if (_frames.Count > MostCalls)
            throw new ScriptFault($"more than {MostCalls} scripts and functions call each other");
        foreach (Frame frame in _frames)
        {
            if (function is not null ? frame.Function == function : frame.Script == script && frame.Function is null)
                throw new ScriptFault(function is not null ? $"the function {function.Name} is running already and cannot be called again" : $"{script} is running already and cannot be called again");
        }
        if (script.IsPython)
            throw new ScriptFault($"{script} is Python, which this stand-in does not run");
        Enter(new Frame(script, function));
    }

    /// <summary>Goes on with another script from its beginning, or with this one again, without return.</summary>
    public void Replace(Script script)
    {
        while (_frames.Count > 0)
            Leave();
        Enter(new Frame(script, function: null));
    }

    /// <summary>Ends the function or script that runs.</summary>
    public void Leave()
    {
        Trim(_frames.Pop(), 0);
        Variables.Locals = _frames.TryPeek(out Frame? caller) ? caller.Locals : new Dictionary<string, Variable>(StringComparer.Ordinal);
    }

    /// <summary>Ends the run.</summary>
    public void Exit()
    {
        while (_frames.Count > 0)
            Leave();
    }

    /// <summary>The function to run when an error or STOP ends the run.</summary>
    public void OnStop(ScriptFunction function)
    {
        if (!_stopping)
            _onStop = function;
    }

    /// <summary>True while that function runs: calls are left out then.</summary>
    public bool IsStopping => _stopping;

    private void Enter(Frame frame)
    {
        _frames.Push(frame);
        Variables.Locals = frame.Locals;
    }

    private void Trim(Frame frame, int depth)
    {
        while (frame.Blocks.Count > depth)
        {
            if (frame.Blocks[^1].Index is { } index)
                Variables.Remove(index);
            frame.Blocks.RemoveAt(frame.Blocks.Count - 1);
        }
    }

    private bool Catches(ScriptFault fault)
    {
        if (!_frames.Any(frame => frame.Blocks.Any(IsOpenTry)))
            return false;
        if (fault.AlwaysInBox)
            world.ShowError(fault.Message + Where(), alwaysInBox: true);
        string where = Where();
        while (!Frame.Blocks.Any(IsOpenTry))
            Leave();
        Frame frame = Frame;
        OpenBlock block = frame.Blocks[frame.Blocks.FindLastIndex(IsOpenTry)];
        int line = frame.Script.Blocks.Next[block.Line];
        JumpTo(line);
        frame.Position = line + 1;
        block.Done = true;
        if (!block.Quiet)
            world.Log.Write(fault.Message.Length == 0 ? "Jumping to \"CATCH\" error handler" : $"Jumping to \"CATCH\" error handler: {fault.Message}{where}");
        return true;
    }

    private static bool IsOpenTry(OpenBlock block) => block is { Kind: BlockKind.Try, Done: false };

    private void StopFunctionOrEnd()
    {
        Exit();
        if (_onStop is not { } function || _stopping)
            return;
        _stopping = true;
        Enter(new Frame(function.Script, function));
    }
}
