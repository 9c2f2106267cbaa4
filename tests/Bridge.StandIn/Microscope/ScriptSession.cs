using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>
/// A script and what follows from it: Acquire at Items if the script asks for it at its end, then the script that is to run after that,
/// and so on until nothing more was asked for.
/// </summary>
internal sealed class ScriptSession(Interpreter interpreter, AcquirePlan plan)
{
    /// <summary>Most rounds of acquisition and script; a batch of one item each on a grid of many thousand holes.</summary>
    private const int MostRounds = 200_000;

    /// <param name="script">The first script, or null to begin with Acquire at Items.</param>
    public RunResult Run(Script? script, CancellationToken cancellationToken = default)
    {
        AcquireState state = interpreter.World.Acquire;
        state.StartAtEnd = script is null;
        for (int round = 0; round < MostRounds; round++)
        {
            if (script is not null && interpreter.Run(script, cancellationToken) is { End: not RunEnd.Completed } failed)
                return failed;
            if (!state.StartAtEnd)
                return RunResult.Completed;
            if (new AcquireAtItems(interpreter, plan).Run(cancellationToken) is { End: not RunEnd.Completed } stopped)
                return stopped;
            if (state.ScriptAfter == 0)
                return RunResult.Completed;
            script = interpreter.Library.Numbered(state.ScriptAfter);
            state.ScriptAfter = 0;
        }
        return new RunResult(RunEnd.Limit, $"more than {MostRounds} rounds of Acquire at Items");
    }
}
