using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>Acquire at Items from a script's side.</summary>
internal static class AcquireCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("SkipAcquiringNavItem", 0, SkipItem);
        set.Add("SkipAcquiringGroup", 0, SkipGroup);
        set.Add("SkipMoveInNavAcquire", 0, call => Running(call).SkipMove = call.IsOn(1));
        set.Add("EndAcquireAtItems", 0, call => Running(call).End = true);
        set.Add("StartNavAcquireAtEnd", 0, StartAtEnd);
        set.Add("RunScriptAfterNavAcquire", 1, RunAfter);
        set.Add("ReportIfNavAcquiring", 0, call => call.ReportTo(1, call.World.Acquire.IsRunning ? 1 : 0));
    }

    /// <summary>With 1 the item also loses its mark.</summary>
    private static void SkipItem(CommandCall call)
    {
        if (!call.World.Acquire.IsRunning)
        {
            call.World.Log.Write("SkipAcquiringNavItem has no effect except from a pre-script or main script when acquiring Navigator items");
            return;
        }
        if (call.Integer(1) != 0)
            call.World.Navigator.SetAcquire(call.World.Navigator.Current, on: false);
        call.World.Acquire.SkipItem = true;
    }

    /// <summary>The group that follows (0: the present item's); with a second 1 all its items lose their marks.</summary>
    private static void SkipGroup(CommandCall call)
    {
        AcquireState state = Running(call);
        int group = call.Integer(1) != 0 ? call.Integer(1) : call.World.Navigator.Current.GroupId;
        state.SkipGroup = group;
        if (call.Integer(2) != 0)
            call.World.Navigator.ClearGroup(group);
    }

    private static void StartAtEnd(CommandCall call)
    {
        _ = call.World.Navigator.File;
        if (call.World.Acquire.IsRunning)
            throw new ScriptFault("the Navigator is acquiring already");
        call.World.Acquire.StartAtEnd = call.IsOn(1);
    }

    private static void RunAfter(CommandCall call)
    {
        Script after = FlowCommands.NumberedOrFound(call);
        _ = call.World.Navigator.File;
        call.World.Acquire.ScriptAfter = after.Number;
    }

    private static AcquireState Running(CommandCall call)
        => call.World.Acquire.IsRunning ? call.World.Acquire : throw new ScriptFault("the Navigator must be acquiring");
}
