using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>What each fault code means, for people.</summary>
public static class FaultTexts
{
    /// <summary>A fault with its code and its own message.</summary>
    public static string Sentence(FaultCode code, string message) => $"{code} ({(int)code}): {(message.Length > 0 ? message : Of(code))}";

    /// <summary>The meaning of a code and what to do; also for codes of a newer host.</summary>
    public static string Of(FaultCode code) => code switch
    {
        FaultCode.Internal => "a bug of ours; please report it with plugin.log and the host's log",
        FaultCode.BadFrame => "plugin and host do not understand each other; install both from one version",
        FaultCode.UnknownProtocol => "the host speaks another version of the protocol; install plugin and host from one version",
        FaultCode.UnknownMessageType => "no such function, or the host is older than the plugin; Explain 0 0 0 help lists the functions",
        FaultCode.BadField => "an argument is missing, no number or out of range; Explain 0 0 0 help NAME shows how to call a function",
        FaultCode.UnknownSession => "no session is open; call OpenSession until it returns more than 0",
        FaultCode.UnknownItem => "the session has no such item; open a new session if the Navigator has changed",
        FaultCode.UnreadableFile => "the Navigator file cannot be read; save it and give its full path",
        FaultCode.JournalUnwritable => "the host cannot write its journal; see whether the disk is full, then call again",
        FaultCode.RequestIdReused => "a request was sent twice with other content, a bug of ours; call again, and please report it with plugin.log",
        FaultCode.SessionExists => "another session is open; call CloseSession first, or choose another name with SetSession",
        FaultCode.NoTargets => "the file has nothing to collect; mark items with Acquire and save it again",
        FaultCode.Busy => "too many requests wait, or another script is using the plugin; ask again",
        FaultCode.HostUnreachable => "the agent host does not answer and could not be started; run agent-host doctor",
        FaultCode.DeadlineExceeded => "no answer came within the deadline; ask again",
        FaultCode.UnknownPlanner => "no planner of this name; SetPlanner - takes the default",
        FaultCode.JournalCorrupt => "the session's journal is damaged; choose another name with SetSession",
        FaultCode.TooLarge => "a text, file or list is beyond its limit; see whether it is the right one, or split it",
        FaultCode.TooManySessions => "too many sessions are open at the host; close one",
        FaultCode.Stopped => "somebody said stop; call Resume, or delete the STOP file",
        FaultCode.OutsideEnvelope => "outside the limits that the script has set; the host was told, ask for the next hole",
        FaultCode.NotAllowed => "the mode does not allow to move; see SetMode and Confirm",
        FaultCode.OutOfTurn => "not now: begin first, then measure, then ask; Explain 0 0 0 fault says what is missing",
        FaultCode.UnknownPolicy => "no policy of this name for an alignment or a scan",
        FaultCode.NotProven => "the host's secret is another one; see that plugin and host use one file (BRIDGE_SECRET_FILE, agent-host serve --secret-file)",
        _ => "a fault of a newer host; Explain 0 0 0 fault says more",
    };
}
