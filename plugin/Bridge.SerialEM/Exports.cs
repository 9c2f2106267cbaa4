using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bridge.SerialEM;

/// <summary>
/// What SerialEM finds in the DLL: the two functions by which a plugin introduces itself, and one for each entry of the table. Numbers and
/// pointers only; everything else happens in <see cref="PluginHost"/>.
/// </summary>
public static unsafe class Exports
{
    private const int Ok = 0, Wrong = 1;

    /// <summary>What SerialEM expects of a plugin that only offers script functions.</summary>
    private const int PlainPlugin = 0;

    [UnmanagedCallersOnly(EntryPoint = "SEMPluginInfo", CallConvs = [typeof(CallConvCdecl)])]
    public static int SEMPluginInfo(byte** name, int* flags, int* numFuncs)
    {
        if (name is null || flags is null || numFuncs is null)
            return Wrong;
        *name = NativeText.PluginName;
        (*flags, *numFuncs) = (PlainPlugin, PluginFunctions.All.Count);
        return Ok;
    }

    [UnmanagedCallersOnly(EntryPoint = "SEMCallInfo", CallConvs = [typeof(CallConvCdecl)])]
    public static int SEMCallInfo(int index, byte** name, int* numInts, int* numDbls, int* ifString)
    {
        if (name is null || numInts is null || numDbls is null || ifString is null || index < 0 || index >= PluginFunctions.All.Count)
            return Wrong;
        PluginFunction function = PluginFunctions.All[index];
        *name = NativeText.FunctionName(index);
        (*numInts, *numDbls, *ifString) = (function.NumInts, function.NumDoubles, function.IfString);
        return Ok;
    }

    [UnmanagedCallersOnly(EntryPoint = "Connect", CallConvs = [typeof(CallConvCdecl)])]
    public static double Connect(byte* text) => Text("Connect", text);

    [UnmanagedCallersOnly(EntryPoint = "SetSession", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetSession(byte* text) => Text("SetSession", text);

    [UnmanagedCallersOnly(EntryPoint = "SetPlanner", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetPlanner(byte* text) => Text("SetPlanner", text);

    [UnmanagedCallersOnly(EntryPoint = "SetShadow", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetShadow(byte* text) => Text("SetShadow", text);

    [UnmanagedCallersOnly(EntryPoint = "SetGoal", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetGoal(double most, double perSquare, double from, double to, double count) => Doubles("SetGoal", [most, perSquare, from, to, count]);

    [UnmanagedCallersOnly(EntryPoint = "Avoid", CallConvs = [typeof(CallConvCdecl)])]
    public static double Avoid(int item) => Ints("Avoid", [item]);

    [UnmanagedCallersOnly(EntryPoint = "SetShots", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetShots(double maxShift, double minutes) => Doubles("SetShots", [maxShift, minutes]);

    [UnmanagedCallersOnly(EntryPoint = "SetSurveyMinutes", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetSurveyMinutes(double minutes) => Doubles("SetSurveyMinutes", [minutes]);

    [UnmanagedCallersOnly(EntryPoint = "SetSeed", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetSeed(int seed) => Ints("SetSeed", [seed]);

    [UnmanagedCallersOnly(EntryPoint = "SetMoveMinutes", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetMoveMinutes(double patch, double square, double grid, double beyond) => Doubles("SetMoveMinutes", [patch, square, grid, beyond]);

    [UnmanagedCallersOnly(EntryPoint = "OpenSession", CallConvs = [typeof(CallConvCdecl)])]
    public static double OpenSession(byte* text) => Text("OpenSession", text);

    [UnmanagedCallersOnly(EntryPoint = "SetBudget", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetBudget(double minutes) => Doubles("SetBudget", [minutes]);

    [UnmanagedCallersOnly(EntryPoint = "SetEndTime", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetEndTime(byte* text) => Text("SetEndTime", text);

    [UnmanagedCallersOnly(EntryPoint = "SetClock", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetClock(double minutes) => Doubles("SetClock", [minutes]);

    [UnmanagedCallersOnly(EntryPoint = "SetDeadline", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetDeadline(double milliseconds) => Doubles("SetDeadline", [milliseconds]);

    [UnmanagedCallersOnly(EntryPoint = "UpdateStage", CallConvs = [typeof(CallConvCdecl)])]
    public static double UpdateStage(double x, double y, double z) => Doubles("UpdateStage", [x, y, z]);

    [UnmanagedCallersOnly(EntryPoint = "SuggestNextHole", CallConvs = [typeof(CallConvCdecl)])]
    public static double SuggestNextHole(double* item, double* probability, double* minutes) => Outs("SuggestNextHole", item, probability, minutes);

    [UnmanagedCallersOnly(EntryPoint = "SuggestedStage", CallConvs = [typeof(CallConvCdecl)])]
    public static double SuggestedStage(double* x, double* y, double* z) => Outs("SuggestedStage", x, y, z);

    [UnmanagedCallersOnly(EntryPoint = "SuggestedDefocus", CallConvs = [typeof(CallConvCdecl)])]
    public static double SuggestedDefocus(double* target, double* from, double* to) => Outs("SuggestedDefocus", target, from, to);

    [UnmanagedCallersOnly(EntryPoint = "NextShot", CallConvs = [typeof(CallConvCdecl)])]
    public static double NextShot(double* item, double* x, double* y) => Outs("NextShot", item, x, y);

    [UnmanagedCallersOnly(EntryPoint = "ReportVisit", CallConvs = [typeof(CallConvCdecl)])]
    public static double ReportVisit(int item) => Ints("ReportVisit", [item]);

    [UnmanagedCallersOnly(EntryPoint = "ReportCtf", CallConvs = [typeof(CallConvCdecl)])]
    public static double ReportCtf(double item, double resolution, double score, double defocus) => Doubles("ReportCtf", [item, resolution, score, defocus]);

    [UnmanagedCallersOnly(EntryPoint = "ReportScore", CallConvs = [typeof(CallConvCdecl)])]
    public static double ReportScore(double item, double resolution, double fit, double defocus, double score) => Doubles("ReportScore", [item, resolution, fit, defocus, score]);

    [UnmanagedCallersOnly(EntryPoint = "ReportMove", CallConvs = [typeof(CallConvCdecl)])]
    public static double ReportMove(double item, double minutes) => Doubles("ReportMove", [item, minutes]);

    [UnmanagedCallersOnly(EntryPoint = "ReadPredictions", CallConvs = [typeof(CallConvCdecl)])]
    public static double ReadPredictions(byte* text) => Text("ReadPredictions", text);

    [UnmanagedCallersOnly(EntryPoint = "ReportSkipped", CallConvs = [typeof(CallConvCdecl)])]
    public static double ReportSkipped(int item, int reason) => Ints("ReportSkipped", [item, reason]);

    [UnmanagedCallersOnly(EntryPoint = "SetStageLimits", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetStageLimits(double minX, double maxX, double minY, double maxY) => Doubles("SetStageLimits", [minX, maxX, minY, maxY]);

    [UnmanagedCallersOnly(EntryPoint = "SetImageShiftLimit", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetImageShiftLimit(double limit) => Doubles("SetImageShiftLimit", [limit]);

    [UnmanagedCallersOnly(EntryPoint = "SetAllowedSquares", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetAllowedSquares(byte* text) => Text("SetAllowedSquares", text);

    [UnmanagedCallersOnly(EntryPoint = "SetMode", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetMode(int mode) => Ints("SetMode", [mode]);

    [UnmanagedCallersOnly(EntryPoint = "Confirm", CallConvs = [typeof(CallConvCdecl)])]
    public static double Confirm(int item) => Ints("Confirm", [item]);

    [UnmanagedCallersOnly(EntryPoint = "MayMove", CallConvs = [typeof(CallConvCdecl)])]
    public static double MayMove(double x, double y, double z) => Doubles("MayMove", [x, y, z]);

    [UnmanagedCallersOnly(EntryPoint = "MayShift", CallConvs = [typeof(CallConvCdecl)])]
    public static double MayShift(double x, double y) => Doubles("MayShift", [x, y]);

    [UnmanagedCallersOnly(EntryPoint = "Stop", CallConvs = [typeof(CallConvCdecl)])]
    public static double Stop() => Doubles("Stop", []);

    [UnmanagedCallersOnly(EntryPoint = "Resume", CallConvs = [typeof(CallConvCdecl)])]
    public static double Resume() => Doubles("Resume", []);

    [UnmanagedCallersOnly(EntryPoint = "SetAlignment", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetAlignment(double tolerance, double steps, double longest, double first) => Doubles("SetAlignment", [tolerance, steps, longest, first]);

    [UnmanagedCallersOnly(EntryPoint = "BeginAlignment", CallConvs = [typeof(CallConvCdecl)])]
    public static double BeginAlignment(double x, double y) => Doubles("BeginAlignment", [x, y]);

    [UnmanagedCallersOnly(EntryPoint = "ObserveBeam", CallConvs = [typeof(CallConvCdecl)])]
    public static double ObserveBeam(double x, double y) => Doubles("ObserveBeam", [x, y]);

    [UnmanagedCallersOnly(EntryPoint = "BeamNotFound", CallConvs = [typeof(CallConvCdecl)])]
    public static double BeamNotFound() => Doubles("BeamNotFound", []);

    [UnmanagedCallersOnly(EntryPoint = "NextBeamShift", CallConvs = [typeof(CallConvCdecl)])]
    public static double NextBeamShift(double* x, double* y, double* distance) => Outs("NextBeamShift", x, y, distance);

    [UnmanagedCallersOnly(EntryPoint = "SetScan", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetScan(double coverage, double positions, double seed) => Doubles("SetScan", [coverage, positions, seed]);

    [UnmanagedCallersOnly(EntryPoint = "SetScanRange", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetScanRange(double least, double most) => Doubles("SetScanRange", [least, most]);

    [UnmanagedCallersOnly(EntryPoint = "SetScanPolicy", CallConvs = [typeof(CallConvCdecl)])]
    public static double SetScanPolicy(byte* text) => Text("SetScanPolicy", text);

    [UnmanagedCallersOnly(EntryPoint = "BeginScan", CallConvs = [typeof(CallConvCdecl)])]
    public static double BeginScan(double width, double height) => Doubles("BeginScan", [width, height]);

    [UnmanagedCallersOnly(EntryPoint = "ObserveSegment", CallConvs = [typeof(CallConvCdecl)])]
    public static double ObserveSegment(byte* text) => Text("ObserveSegment", text);

    [UnmanagedCallersOnly(EntryPoint = "NextSegment", CallConvs = [typeof(CallConvCdecl)])]
    public static double NextSegment(double* x, double* y, double* direction) => Outs("NextSegment", x, y, direction);

    [UnmanagedCallersOnly(EntryPoint = "Explain", CallConvs = [typeof(CallConvCdecl)])]
    public static double Explain(double first, double second, double third, byte* text, byte** answer)
    {
        double result = PluginCalls.Invoke("Explain", [], [first, second, third], NativeText.Read(text), [], out string? textOut);
        if (answer is not null && LoadingProgram.TakesTexts)
            *answer = NativeText.Lend(textOut ?? "");
        return result;
    }

    [UnmanagedCallersOnly(EntryPoint = "CloseSession", CallConvs = [typeof(CallConvCdecl)])]
    public static double CloseSession() => Doubles("CloseSession", []);

    private static double Ints(string name, ReadOnlySpan<int> values) => PluginCalls.Invoke(name, values, [], null, [], out _);

    private static double Doubles(string name, ReadOnlySpan<double> values) => PluginCalls.Invoke(name, [], values, null, [], out _);

    private static double Text(string name, byte* text) => PluginCalls.Invoke(name, [], [], NativeText.Read(text), [], out _);

    private static double Outs(string name, double* first, double* second, double* third)
    {
        Span<double> outs = stackalloc double[3];
        // Without a place for the results there is nothing to call for; the count tells PluginHost.
        bool complete = first is not null && second is not null && third is not null;
        double result = PluginCalls.Invoke(name, [], [], null, complete ? outs : [], out _);
        if (complete)
            (*first, *second, *third) = (outs[0], outs[1], outs[2]);
        return result;
    }
}
