using Bridge.StandIn.Language;

namespace Bridge.StandIn.Commands;

/// <summary>Time, which is simulated: it passes when something takes time, not while the program works.</summary>
internal static class ClockCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("Delay", 1, Delay, arithmetic: true);
        set.Add("ResetClock", 0, call => call.World.ClockResetAtMinute = call.World.Clock.Minutes);
        set.Add("ReportClock", 0, call => call.ReportTo(1, (call.World.Clock.Minutes - call.World.ClockResetAtMinute) * 60));
        set.Add("ReportMinuteTime", 0, call => call.ReportTo(1, Math.Floor(call.World.Clock.Minutes)));
        set.Add("ReportTickTime", 0, call => call.ReportTo(1, call.World.Clock.Minutes * 60));
        set.Add("ElapsedTickTime", 1, call => call.ReportTo(2, call.World.Clock.Minutes * 60 - call.Number(1)), arithmetic: true);
        set.Add("SetCustomTime", 1, SetCustomTime);
        set.Add("ReportCustomInterval", 1, ReportCustomInterval);
    }

    /// <summary>A number and a unit: s (the default), msec or min.</summary>
    private static void Delay(CommandCall call)
    {
        string unit = call.Text(2).ToUpperInvariant();
        double minutes = call.Number(1) * (unit.StartsWith("MS", StringComparison.Ordinal) ? 1 / 60_000.0 : unit.StartsWith('M') ? 1 : 1 / 60.0);
        if (minutes < 0)
            throw new ScriptFault("a delay cannot be negative");
        call.World.Clock.Advance(minutes);
    }

    private static void SetCustomTime(CommandCall call) => call.World.CustomTimes[call.Text(1).ToUpperInvariant()] = call.World.Clock.Minutes + call.Number(2);

    /// <summary>Minutes since it was set; a very long time if it was not.</summary>
    private static void ReportCustomInterval(CommandCall call)
        => call.Report(call.World.CustomTimes.TryGetValue(call.Text(1).ToUpperInvariant(), out double since) ? call.World.Clock.Minutes - since : 1_000_000);
}
