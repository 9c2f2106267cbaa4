namespace Bridge.Contracts;

/// <summary>The message types of <c>bridge/1</c>, requests beside their replies.</summary>
public static class MessageTypes
{
    public const string Hello = "hello";
    public const string Welcome = "welcome";

    public const string OpenSession = "open_session";
    public const string SessionOpened = "session_opened";

    public const string SetBudget = "set_budget";
    public const string SetEndTime = "set_end_time";
    public const string SetGoal = "set_goal";
    public const string UpdateStage = "update_stage";
    public const string ReportVisit = "report_visit";
    public const string ReportCtf = "report_ctf";
    public const string ReportMove = "report_move";
    public const string ReportPredictions = "report_predictions";
    public const string ScoreHoles = "score_holes";
    public const string ReportSkipped = "report_skipped";

    /// <summary>The reply to those above, and to what was observed: what was told is kept.</summary>
    public const string Ack = "ack";

    public const string Suggest = "suggest";
    public const string Suggestion = "suggestion";

    public const string Explain = "explain";
    public const string Explanation = "explanation";

    public const string BeginAlignment = "begin_alignment";
    public const string AlignmentBegun = "alignment_begun";
    public const string ObserveBeam = "observe_beam";
    public const string NextBeamShift = "next_beam_shift";
    public const string BeamShift = "beam_shift";

    public const string BeginScan = "begin_scan";
    public const string ScanBegun = "scan_begun";
    public const string ObserveSegment = "observe_segment";
    public const string NextSegment = "next_segment";
    public const string Segment = "segment";
    public const string GetScanImage = "get_scan_image";
    public const string ScanImage = "scan_image";

    public const string CloseSession = "close_session";
    public const string SessionClosed = "session_closed";

    /// <summary>The reply to any request that could not be carried out.</summary>
    public const string Fault = "fault";

    /// <summary>True for the requests that may open a session.</summary>
    public static bool OpensSession(string type) => type is OpenSession or BeginAlignment or BeginScan;
}
