using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Settings and facts about the program itself.</summary>
internal static class SettingCommands
{
    /// <summary>The version that the stand-in follows, as number and as SerialEM writes it.</summary>
    private const int Version = 40200;

    /// <summary>Day on which the program was built, as SerialEM writes it: late enough for everything that is simulated.</summary>
    private const int BuildDay = 20260816;

    public static void AddTo(CommandSet set)
    {
        set.Add("IsVersionAtLeast", 1, IsVersionAtLeast);
        set.Add("SkipIfVersionLessThan", 1, SkipIfOlder);
        set.Add("SetProperty SetUserSetting", 2, call => call.World.Optics[$"setting {call.Text(1)}"] = call.Number(2));
        set.Add("ReportUserSetting ReportProperty", 1, call => call.ReportTo(2, call.World.Optics[$"setting {call.Text(1)}"]));
        set.Add("SetExposure", 2, call => call.World.Optics[$"exposure {call.Text(1)}"] = call.Number(2));
        set.Add("ReportExposure", 1, call => call.ReportTo(2, call.World.Optics[$"exposure {call.Text(1)}"], 0));
        set.Add("RestoreCameraSet KeepCameraSetChanges", 0, _ => { });
    }

    /// <summary>A build day after the version is the least for that very version.</summary>
    private static void IsVersionAtLeast(CommandCall call)
        => call.Report(call.Integer(1) < Version || (call.Integer(1) == Version && call.Integer(2) <= BuildDay) ? 1 : 0);

    private static void SkipIfOlder(CommandCall call)
    {
        if (call.Integer(1) > Version)
            call.Frame.Position = Math.Min(call.Frame.Position + 1, call.Frame.Script.Lines.Count);
    }
}
