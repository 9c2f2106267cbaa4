using Bridge.Contracts;
using Bridge.Domain.Navigator;
using Bridge.StandIn.Language;

namespace Bridge.StandIn.Microscope;

/// <summary>
/// SerialEM's Acquire at Items: walks the table forward over the items marked Acquire; at each it moves the stage, runs the script before,
/// the primary action and the script after; what is acquired loses its mark. If the script before fails, the item is acquired all the same.
/// Facts: hidd_navacquire.htm and the commands' own help.
/// </summary>
internal sealed class AcquireAtItems(Interpreter interpreter, AcquirePlan plan)
{
    private readonly World _world = interpreter.World;
    private int _lastGroup = int.MinValue;

    /// <returns>How it ended; a limit and an error of the primary script end it early.</returns>
    public RunResult Run(CancellationToken cancellationToken = default)
    {
        NavigatorTable navigator = _world.Navigator;
        AcquireState state = _world.Acquire;
        (state.Acquired, state.SkipGroup, state.End, state.SkipMove, state.StartAtEnd) = (0, 0, false, false, false);
        navigator.AcquiringTo = navigator.Items.Count;
        int skipped = 0;
        try
        {
            for (int number = 1; number <= navigator.Items.Count && !state.End; number++)
            {
                NavigatorItem item = navigator.Items[number - 1];
                if (!item.Acquire || (state.SkipGroup != 0 && item.GroupId == state.SkipGroup))
                    continue;
                navigator.Acquiring = number;
                state.SkipItem = false;
                RunResult result = AtItem(item, cancellationToken);
                if (result.End == RunEnd.Limit)
                    return result;
                if (result.End != RunEnd.Completed && !plan.GoesOnAfterErrors)
                {
                    _world.Log.Box($"Acquire at Items stopped at item {number}: the script failed");
                    return result;
                }
                skipped += state.SkipItem ? 1 : 0;
            }
            _world.Log.Write($"Acquire at Items finished: {state.Acquired} items acquired, {skipped} skipped");
            return RunResult.Completed;
        }
        catch (LimitReached limit)
        {
            return new RunResult(RunEnd.Limit, limit.Message);
        }
        catch (ScriptFault fault)
        {
            _world.Log.Box($"Acquire at Items stopped: {fault.Message}");
            return new RunResult(RunEnd.Aborted, fault.Message);
        }
        finally
        {
            (navigator.Acquiring, navigator.AcquiringTo, state.Acquired) = (0, 0, null);
        }
    }

    private RunResult AtItem(NavigatorItem item, CancellationToken cancellationToken)
    {
        AcquireState state = _world.Acquire;
        state.FirstInGroup = item.GroupId == 0 || item.GroupId != _lastGroup;
        StageUm stage = NavigatorTable.StageOf(item);
        bool scriptMoves = plan.SkipMove && (plan.Before is not null || plan.Action is not null);
        if (!state.SkipMove && !scriptMoves)
            _world.Stage.MoveTo(stage, correctsBacklash: true);
        state.SkipMove = false;
        if (plan.Before is { } before && interpreter.Run(before, cancellationToken) is { End: RunEnd.Limit or RunEnd.Refused } failed)
            return failed;
        if (state.SkipItem)
            return RunResult.Completed;
        RunResult result = RunResult.Completed;
        if (plan.Action is { } action)
            result = interpreter.Run(action, cancellationToken);
        else
            _world.Camera.Shoot("R");
        if (result.End != RunEnd.Completed || state.SkipItem)
            return result;
        if (plan.After is { } after && interpreter.Run(after, cancellationToken) is { End: RunEnd.Limit or RunEnd.Refused } afterFailed)
            return afterFailed;
        _world.Navigator.SetAcquire(item, on: false);
        state.Acquired++;
        _lastGroup = item.GroupId;
        return result;
    }
}
