namespace Bridge.SerialEM;

/// <summary>
/// The table of script functions, once, as data. What SerialEM is told, what <c>Explain 0 0 0 help</c> says and the table in
/// macros/README.md are read from it; a test holds the exports against it.
/// </summary>
public static class PluginFunctions
{
    /// <summary>The name by which scripts call the plugin.</summary>
    public const string PluginName = "Bridge";

    /// <summary>In the order in which a script meets them. Names and forms stay as they are; new functions may come.</summary>
    public static IReadOnlyList<PluginFunction> All { get; } =
    [
        Text("Connect", "endpoint", "1 the host answers", "Looks for the agent host, and starts it if there is none. The text is an endpoint such as tcp://127.0.0.1:48950, or - for the default, and after it, if need be, the path of agent-host, or none to start no host. A script that does not call it gets the default.",
            static (ScriptSession session, ref FunctionCall call) => session.Connect(call.Text)),
        Text("SetSession", "name", "1", "Name of the session that OpenSession opens next: letters, digits, dot, _ and -. Without it the name follows from the Navigator file.",
            static (ScriptSession session, ref FunctionCall call) => session.SetSession(call.Text)),
        Text("SetPlanner", "planner", "1", "Planner of the session that OpenSession opens next, or - for the host's default.",
            static (ScriptSession session, ref FunctionCall call) => session.SetPlanner(call.Text)),
        Text("SetShadow", "planner", "1", "Planner that advises silently beside the one in charge, in the session that OpenSession opens next, or - for none. Explain session compares the two.",
            static (ScriptSession session, ref FunctionCall call) => session.SetShadow(call.Text)),
        Doubles("SetGoal", ["most micrographs, 0 for any number", "fewest holes in a square that is entered, 0 for none", "defocus from, um", "defocus to, um, both 0 for none", "0 good micrographs count, 1 their scores"], "1", "What the session is for, beyond as many good micrographs as the time allows. Before OpenSession or at any time after it; what counts only before.",
            static (ScriptSession session, ref FunctionCall call) => session.SetGoal(call.Doubles)),
        Ints("Avoid", ["item"], "1", "An item that is never to be suggested. Before OpenSession or at any time after it.",
            static (ScriptSession session, ref FunctionCall call) => session.Avoid(call.Ints[0])),
        Doubles("SetShots", ["longest image shift, um", "a further shot, min"], "1", "For the planner groups, in the session that OpenSession opens next: how far image shift may go from a stage position, and the minutes of each shot after the first.",
            static (ScriptSession session, ref FunctionCall call) => session.SetShots(call.Doubles[0], call.Doubles[1])),
        Doubles("SetSurveyMinutes", ["image of a patch, min"], "1", "Minutes of an image of a patch where the stage is, for the planner adaptive, in the session that OpenSession opens next; 1 unless set.",
            static (ScriptSession session, ref FunctionCall call) => session.SetSurveyMinutes(call.Doubles[0])),
        Ints("SetSeed", ["seed"], "1", "Seed of everything random in the session that OpenSession opens next; 0 unless set.",
            static (ScriptSession session, ref FunctionCall call) => session.SetSeed(call.Ints[0])),
        Doubles("SetMoveMinutes", ["within a patch, min", "within a square, min", "within a grid, min", "beyond, min"], "1", "Minutes that a move and its exposure take, for the session that OpenSession opens next.",
            static (ScriptSession session, ref FunctionCall call) => session.SetMoveMinutes(call.Doubles)),
        Text("OpenSession", "path of the saved Navigator file", "number of targets", "Opens a session on the file, or resumes it. While it returns 0, call it again with the same path.",
            static (ScriptSession session, ref FunctionCall call) => session.OpenSession(call.Text)),
        Doubles("SetBudget", ["minutes left, min"], "1", "Minutes left from now; call it again whenever the script knows better.",
            static (ScriptSession session, ref FunctionCall call) => session.SetBudget(call.Doubles[0])),
        Text("SetEndTime", "end time", "1", "When the session ends, instead of SetBudget: 2026-01-31T07:30 in local time, with Z in UTC, or 07:30 for the next time that the clock shows that.",
            static (ScriptSession session, ref FunctionCall call) => session.SetEndTime(call.Text)),
        Doubles("SetClock", ["clock, min"], "1", "The script's own clock, sent with every call from now on. Set it before OpenSession to let the script keep the time, as a simulation does.",
            static (ScriptSession session, ref FunctionCall call) => session.SetClock(call.Doubles[0])),
        Doubles("SetDeadline", ["deadline, ms"], "1", "Longest wait of one call, 0 to 2000 ms; 200 unless set.",
            static (ScriptSession session, ref FunctionCall call) => session.SetDeadline(call.Doubles[0])),
        Doubles("UpdateStage", ["X, um", "Y, um", "Z, um"], "1", "Says where the stage is.",
            static (ScriptSession session, ref FunctionCall call) => session.UpdateStage(call.Doubles[0], call.Doubles[1], call.Doubles[2])),
        Outs("SuggestNextHole", ["Navigator item index from 1", "P(good), -1 if not known", "expected minutes, -1 if not known"], "1 target, 2 go up a level, 3 stop, 4 take the image of a patch", "Where next? While it returns 0 the answer is pending: call it again. While the host is away it gives the nearest unvisited target, with -1 and -1. 2 and 4 come only with the planner adaptive: at 2 RepVal2 is what is left (1 patch, 2 square, 3 grid-level image), ask again; at 4 it is an item in the middle of the patch.",
            static (ScriptSession session, ref FunctionCall call) => session.SuggestNextHole(ref call)),
        Outs("SuggestedStage", ["X, um", "Y, um", "Z, um"], "1", "Stage position of the target suggested last.",
            static (ScriptSession session, ref FunctionCall call) => session.SuggestedStage(ref call)),
        Outs("SuggestedDefocus", ["target defocus, um", "from, um", "to, um"], "1 there is one, 2 the goal asks for none", "Target defocus for the last suggestion, so that those reported fill the goal's range evenly.",
            static (ScriptSession session, ref FunctionCall call) => session.SuggestedDefocus(ref call)),
        Outs("NextShot", ["Navigator item index from 1", "X from the stage position, um", "Y from the stage position, um"], "1 a shot, 2 no more", "The next item to shoot by image shift from the stage position suggested last, with its distance there as a stage would have to move. Only with the planner groups; ask MayShift before each.",
            static (ScriptSession session, ref FunctionCall call) => session.NextShot(ref call)),
        Ints("ReportVisit", ["item"], "1", "The stage goes to an item of the script's own choice.",
            static (ScriptSession session, ref FunctionCall call) => session.ReportVisit(call.Ints[0])),
        Doubles("ReportCtf", ["item", "resolution, A", "fit score", "defocus, um"], "1", "Result of an exposure: CTF maximum resolution, 0.1 to 1000 A, with score and defocus.",
            static (ScriptSession session, ref FunctionCall call) => session.ReportCtf(call.Doubles)),
        Doubles("ReportScore", ["item", "resolution, A", "fit score", "defocus, um", "score"], "1", "ReportCtf with what the micrograph is worth, 0 or more: its number of particles, for example.",
            static (ScriptSession session, ref FunctionCall call) => session.ReportScore(call.Doubles)),
        Doubles("ReportMove", ["item", "minutes, min"], "1", "What the move to an item and its exposure took, 0.001 to 1000 min. Without it the host takes the time from SuggestNextHole to ReportCtf; a script that asks for several holes at once has to tell.",
            static (ScriptSession session, ref FunctionCall call) => session.ReportMove(call.Doubles[0], call.Doubles[1])),
        Text("ReadPredictions", "path of the Navigator file, saved again", "1", "Tells the host to read predictions anew: user values 1 (CTF, A) and 2 (probability) of the items, set since the session was opened. After the image of a patch that SuggestNextHole asked for.",
            static (ScriptSession session, ref FunctionCall call) => session.ReadPredictions(call.Text)),
        Ints("ReportSkipped", ["item", "reason"], "1", "An item is not collected. Reasons: 0 none given, 1 operator, 2 out of reach, 3 move failed, 4 looks bad, 5 later.",
            static (ScriptSession session, ref FunctionCall call) => session.ReportSkipped(call.Ints[0], call.Ints[1])),
        Doubles("SetStageLimits", ["least X, um", "most X, um", "least Y, um", "most Y, um"], "1", "A suggestion outside these limits is refused. Set before OpenSession, the host keeps to them too and suggests nothing outside.",
            static (ScriptSession session, ref FunctionCall call) => session.SetStageLimits(call.Doubles)),
        Doubles("SetImageShiftLimit", ["limit, um"], "1", "Longest image shift that MayShift allows; none is allowed unless set.",
            static (ScriptSession session, ref FunctionCall call) => session.SetImageShiftLimit(call.Doubles[0])),
        Text("SetAllowedSquares", "names, separated by blanks", "1", "Only targets of these squares are let through; - lets all through. Set before OpenSession, the host keeps to it too.",
            static (ScriptSession session, ref FunctionCall call) => session.SetAllowedSquares(call.Text)),
        Ints("SetMode", ["mode"], "1", "1 advise: MayMove says no; 2 confirm: MayMove says yes after Confirm; 3 auto: MayMove says yes within the limits. 1 unless set.",
            static (ScriptSession session, ref FunctionCall call) => session.SetMode(call.Ints[0])),
        Ints("Confirm", ["item"], "1", "The operator agrees to go to the item suggested last.",
            static (ScriptSession session, ref FunctionCall call) => session.Confirm(call.Ints[0])),
        Doubles("MayMove", ["X, um", "Y, um", "Z, um"], "1 yes", "May the script move the stage there? Ask before every move.",
            static (ScriptSession session, ref FunctionCall call) => session.MayMove(call.Doubles[0], call.Doubles[1])),
        Doubles("MayShift", ["X, um", "Y, um"], "1 yes", "May the script set this image shift? Ask before every shift.",
            static (ScriptSession session, ref FunctionCall call) => session.MayShift(call.Doubles[0], call.Doubles[1])),
        None("Stop", "1", "Nothing is suggested or allowed from now on, until Resume. A file named STOP in the data folder does the same.",
            static (ScriptSession session, ref FunctionCall call) => session.Stop()),
        None("Resume", "1", "Takes a Stop back; a STOP file has to be deleted by hand.",
            static (ScriptSession session, ref FunctionCall call) => session.Resume()),
        Doubles("SetAlignment", ["tolerance, px", "most steps", "longest shift", "first shift"], "1", "What the next BeginAlignment may do: aligned within the tolerance, given up after so many shifts, and never a shift further from the starting value than the longest; it begins with the first shift (0: a twentieth of the longest). Shifts are in the unit of what the script sets.",
            static (ScriptSession session, ref FunctionCall call) => session.SetAlignment(call.Doubles)),
        Doubles("BeginAlignment", ["goal X, px", "goal Y, px"], "1", "Begins to bring the beam to the goal. It needs SetAlignment before it, and no Navigator and no session. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.BeginAlignment(call.Doubles[0], call.Doubles[1])),
        Doubles("ObserveBeam", ["measured X, px", "measured Y, px"], "1", "Says where the beam is now, in the unit of the goal. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.ObserveBeam(call.Doubles[0], call.Doubles[1])),
        None("BeamNotFound", "1", "Instead of ObserveBeam: the script found no beam. The next shift leads back to where it was seen.",
            static (ScriptSession session, ref FunctionCall call) => session.BeamNotFound()),
        Outs("NextBeamShift", ["shift X", "shift Y", "distance left, px, -1 if not known"], "1 go on, 2 aligned, 3 give up", "The whole shift from the starting value: set starting value + shift, measure, ObserveBeam, and ask again. At 2 leave it, at 3 set the starting value. Explain alignment says why. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.NextBeamShift(ref call)),
        Doubles("SetScan", ["coverage", "positions in a segment", "seed"], "1", "Path of the next BeginScan: positions as a fraction of the pixels, 0.0001 to 0.5, and how many are scanned in one go, sqrt(2) px apart. 0.0434 and 20 unless set.",
            static (ScriptSession session, ref FunctionCall call) => session.SetScan(call.Doubles)),
        Doubles("SetScanRange", ["least value", "most value"], "1", "Values that the detector gives, for the next BeginScan: one outside is refused by ObserveSegment. Equal numbers announce nothing.",
            static (ScriptSession session, ref FunctionCall call) => session.SetScanRange(call.Doubles[0], call.Doubles[1])),
        Text("SetScanPolicy", "policy", "1", "Policy of the next BeginScan, such as adaptive or spiral, or - for the best that the host has.",
            static (ScriptSession session, ref FunctionCall call) => session.SetScanPolicy(call.Text)),
        Doubles("BeginScan", ["width, px", "height, px"], "number of segments", "Begins a partial scan. It needs no Navigator and no session. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.BeginScan(call.Doubles[0], call.Doubles[1])),
        Text("ObserveSegment", "the values, separated by blanks or commas", "1", "The values read at the positions of the last segment, one for each. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.ObserveSegment(call.Text)),
        Outs("NextSegment", ["start X, px", "start Y, px", "direction, radians"], "1 go on, 2 done", "The next segment: position k from 0 is at start + k sqrt(2) (cos, sin). X grows to the right, Y with the rows. At 2 the image is completed and written: Explain scan says where. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.NextSegment(ref call)),
        new("Explain", 0, 3, 2, ["0", "0", "0", "last, reasons, fault, item N, session, plan, minutes, warnings, alignment, scan, code N, version, help or help NAME"], "1", ["the text"], "A sentence for a person; a SerialEM built before 2024-04 gets the return value only. The three numbers are not used. While it returns 0, call it again.")
        {
            Body = static (ScriptSession session, ref FunctionCall call) => session.Explain(ref call),
        },
        None("CloseSession", "number of events kept", "Ends the session; its journal stays. While it returns 0, call it again.",
            static (ScriptSession session, ref FunctionCall call) => session.CloseSession()),
    ];

    private static readonly Dictionary<string, PluginFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The function of this name, or null. Case counts, as in SerialEM.</summary>
    public static PluginFunction? Find(string name) => ByName.GetValueOrDefault(name);

    private static PluginFunction None(string name, string returns, string help, FunctionBody body)
        => new(name, 0, 0, 0, [], returns, [], help) { Body = body };

    private static PluginFunction Ints(string name, string[] arguments, string returns, string help, FunctionBody body)
        => new(name, arguments.Length, 0, 0, arguments, returns, [], help) { Body = body };

    private static PluginFunction Doubles(string name, string[] arguments, string returns, string help, FunctionBody body)
        => new(name, 0, arguments.Length, 0, arguments, returns, [], help) { Body = body };

    private static PluginFunction Outs(string name, string[] results, string returns, string help, FunctionBody body)
        => new(name, 0, results.Length, -1, [], returns, results, help) { Body = body };

    private static PluginFunction Text(string name, string argument, string returns, string help, FunctionBody body)
        => new(name, 0, 0, 1, [argument], returns, [], help) { Body = body };
}
