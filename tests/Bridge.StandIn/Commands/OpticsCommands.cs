using Bridge.StandIn.Language;
using Bridge.StandIn.Microscope;

namespace Bridge.StandIn.Commands;

/// <summary>Shifts, tilts, focus and the other values of the column.</summary>
internal static class OpticsCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("ReportImageShift", 0, call => ReportPair(call, "ImageShift"));
        set.Add("SetImageShift", 2, call => call.World.Optics.SetImageShift(call.Number(1), call.Number(2)));
        set.Add("ImageShiftByUnits ImageShiftByMicrons", 2, ShiftImageBy, arithmetic: true);
        set.Add("ImageShiftByStageDiff", 2, ShiftImageBy);
        set.Add("ResetImageShift", 0, ResetImageShift);
        set.Add("ReportMaxImageShift", 1, call => call.Report(call.World.Options.ImageShiftLimitUm));
        AddPair(set, "BeamShift");
        AddPair(set, "BeamTilt");
        AddPair(set, "DiffractionShift");
        AddPair(set, "ObjectiveStigmator");
        AddPair(set, "CondenserStigmator");
        AddPair(set, "DiffractionStigmator");
        AddPair(set, "ImageBeamTilt");
        set.Add("MoveBeamByMicrons", 2, MoveBeam, arithmetic: true);
        foreach (string name in (ReadOnlySpan<string>)["Mag", "MagIndex", "SpotSize", "PercentC2", "IlluminatedArea", "Alpha", "TargetDefocus", "Defocus", "AutofocusOffset", "ImageDistanceOffset", "AbsoluteFocus"])
            AddValue(set, name);
        set.Add("ReportFocus", 0, call => call.ReportTo(1, call.World.Optics["AbsoluteFocus"]));
        set.Add("ReportCameraLength", 0, call => call.ReportTo(1, call.World.Optics["CameraLength"]));
        set.Add("SetCamLenIndex", 1, call => call.World.Optics["CameraLength"] = call.Number(1) / 10);
        set.Add("ReportProbeMode", 0, call => call.ReportTo(1, call.World.Optics["ProbeMode"]));
        set.Add("SetProbeMode", 1, call => call.World.Optics["ProbeMode"] = call.Text(1).StartsWith('m') || call.Text(1) == "1" ? 1 : 0);
        set.Add("ReportHighVoltage", 0, call => call.ReportTo(1, call.World.Optics["HighVoltage"]));
        set.Add("ChangeFocus", 1, call => call.World.Optics["Defocus"] += call.Number(1), arithmetic: true);
        set.Add("IncTargetDefocus", 1, call => call.World.Optics["TargetDefocus"] += call.Number(1), arithmetic: true);
        set.Add("ResetDefocus", 0, call => call.World.Optics["Defocus"] = 0);
        set.Add("SetEucentricFocus", 0, call => call.World.Optics["Defocus"] = 0);
        set.Add("SetLowDoseMode", 1, call => call.World.Optics["LowDoseMode"] = call.Integer(1) != 0 ? 1 : 0);
        set.Add("ReportLowDose", 0, call => call.ReportTo(1, call.World.Optics["LowDoseMode"], "VFTRS".IndexOf(call.World.Optics.Area, StringComparison.Ordinal)));
        set.Add("GoToLowDoseArea", 1, GoToLowDoseArea);
        set.Add("SetBeamBlank", 1, call => call.World.Optics.BeamIsBlanked = call.Integer(1) != 0);
        set.Add("ScreenUp", 0, call => call.World.Optics.ScreenIsDown = false);
        set.Add("ScreenDown", 0, call => call.World.Optics.ScreenIsDown = true);
        set.Add("ReportScreen", 0, call => call.ReportTo(1, call.World.Optics.ScreenIsDown ? 1 : 0));
        set.Add("SetSlitWidth", 1, call => call.World.Optics["SlitWidth"] = call.Number(1));
        set.Add("SetSlitIn", 0, call => call.World.Optics["SlitIn"] = call.IsOn(1) ? 1 : 0, arithmetic: true);
        set.Add("ReportEnergyFilter", 0, call => call.ReportTo(1, call.World.Optics["SlitWidth"], call.World.Optics["EnergyLoss"], call.World.Optics["SlitIn"]));
        set.Add("SetEnergyLoss", 1, call => call.World.Optics["EnergyLoss"] = call.Number(1));
        set.Add("ReportColumnOrGunValve", 0, call => call.ReportTo(1, 1));
        set.Add("AreDewarsFilling", 0, call => call.ReportTo(1, 0));
        set.Add("IsPVPRunning", 0, call => call.ReportTo(1, 0));
        set.Add("SaveFocus", 0, call => call.World.Optics["SavedFocus"] = call.World.Optics["Defocus"]);
        set.Add("RestoreFocus", 0, call => call.World.Optics["Defocus"] = call.World.Optics["SavedFocus"]);
    }

    private static void AddPair(CommandSet set, string name)
    {
        set.Add($"Report{name}", 0, call => ReportPair(call, name));
        set.Add($"Set{name}", 2, call => call.World.Optics.SetPair(name, call.Number(1), call.Number(2)));
    }

    private static void AddValue(CommandSet set, string name)
    {
        set.Add($"Report{name}", 0, call => call.ReportTo(1, call.World.Optics[name]));
        set.Add($"Set{name}", 1, call => call.World.Optics[name] = call.Number(1));
    }

    private static void ReportPair(CommandCall call, string name)
    {
        (double x, double y) = call.World.Optics.Pair(name);
        call.ReportTo(1, x, y);
    }

    private static void ShiftImageBy(CommandCall call)
    {
        (double x, double y) = call.World.Optics.Pair("ImageShift");
        call.World.Optics.SetImageShift(x + call.Number(1), y + call.Number(2));
    }

    /// <summary>The stage takes over what the image shift was.</summary>
    private static void ResetImageShift(CommandCall call)
    {
        (double x, double y) = call.World.Optics.Pair("ImageShift");
        call.World.Optics.SetImageShift(0, 0);
        if (x != 0 || y != 0)
            call.World.Stage.MoveTo(call.World.Stage.Position with { X = call.World.Stage.Position.X + x, Y = call.World.Stage.Position.Y + y }, correctsBacklash: true);
    }

    private static void MoveBeam(CommandCall call)
    {
        (double x, double y) = call.World.Optics.Pair("BeamShift");
        call.World.Optics.SetPair("BeamShift", x + call.Number(1), y + call.Number(2));
    }

    private static void GoToLowDoseArea(CommandCall call)
    {
        string area = call.Text(1).ToUpperInvariant();
        if (area.Length == 0 || !"VFTRS".Contains(area[0]))
            throw new ScriptFault("the low-dose area must be V, F, T, R or S");
        call.World.Optics.Area = area[..1];
    }
}
