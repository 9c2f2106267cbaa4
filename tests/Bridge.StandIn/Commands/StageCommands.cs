using Bridge.Contracts;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>Where the stage is and where it goes, in µm and degrees.</summary>
internal static class StageCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("ReportStageXYZ", 0, ReportStage);
        set.Add("MoveStageTo", 2, call => call.World.Stage.MoveTo(Target(call, relative: false)), arithmetic: true);
        set.Add("MoveStage", 2, call => call.World.Stage.MoveTo(Target(call, relative: true)), arithmetic: true);
        set.Add("MoveStageWithSpeed", 3, call => call.World.Stage.MoveTo(Target(call, relative: true, z: false)), arithmetic: true);
        set.Add("BackgroundMoveStage", 2, call => call.World.Stage.BeginMoveTo(Target(call, relative: false)), arithmetic: true);
        set.Add("ReportStageBusy", 0, call => call.ReportTo(1, call.World.Stage.IsBusy ? 1 : 0));
        set.Add("BacklashAdjust", 0, call => call.World.Stage.AdjustBacklash());
        set.Add("ReportTiltAngle", 0, call => call.ReportTo(1, call.World.Stage.TiltDegrees));
        set.Add("TiltTo", 1, call => call.World.Stage.TiltTo(call.Number(1)), arithmetic: true);
        set.Add("TiltBy", 1, call => call.World.Stage.TiltTo(call.World.Stage.TiltDegrees + call.Number(1)), arithmetic: true);
        set.Add("GetFastScopeStatus", 0, FastStatus);
        set.Add("Eucentricity UpdateItemZ UpdateGroupZ", 0, call => call.World.Stage.WaitUntilReady()); // the simulated specimen is flat
    }

    private static void ReportStage(CommandCall call)
    {
        StageUm at = call.World.Stage.Position;
        call.LogReport(FormattableString.Invariant($"Stage {at.X:0.00} {at.Y:0.00} {at.Z:0.00}"));
        call.ReportTo(1, at.X, at.Y, at.Z);
    }

    private static StageUm Target(CommandCall call, bool relative, bool z = true)
    {
        StageUm now = call.World.Stage.Position;
        return relative
            ? new StageUm(now.X + call.Number(1), now.Y + call.Number(2), now.Z + (z ? call.Number(3) : 0))
            : new StageUm(call.Number(1), call.Number(2), call.Has(3) ? call.Number(3) : now.Z);
    }

    /// <summary>What the status panel shows anyway, without asking the microscope.</summary>
    private static void FastStatus(CommandCall call)
    {
        World world = call.World;
        (double shiftX, double shiftY) = world.Optics.Pair("ImageShift");
        ReadOnlySpan<(string Name, double Value)> values =
        [
            ("FastStageX", world.Stage.Position.X), ("FastStageY", world.Stage.Position.Y), ("FastStageZ", world.Stage.Position.Z),
            ("FastISX", shiftX), ("FastISY", shiftY), ("FastRawISX", shiftX), ("FastRawISY", shiftY),
            ("FastMagIndex", world.Optics["MagIndex"]), ("FastMagnification", world.Optics["Mag"]), ("FastSpotSize", world.Optics["SpotSize"]),
            ("FastDefocus", world.Optics["Defocus"]), ("FastIntensity", world.Optics["PercentC2"] / 100), ("FastProbeMode", world.Optics["ProbeMode"]),
            ("FastAlpha", world.Optics["Alpha"]), ("FastBlanked", world.Optics.BeamIsBlanked ? 1 : 0), ("FastCameraLength", world.Optics["CameraLength"]),
        ];
        foreach ((string name, double value) in values)
            call.Set(name, value);
    }
}
