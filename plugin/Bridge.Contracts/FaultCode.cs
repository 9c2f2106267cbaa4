namespace Bridge.Contracts;

/// <summary>
/// What went wrong. The numbers are part of the contract: they travel in <c>fault</c> messages and are what a script function
/// returns, so a number is never reused. All are negative, because a script function returns &gt; 0 for success and 0 for pending.
/// </summary>
public enum FaultCode
{
    /// <summary>A bug of ours; the host's log has the rest.</summary>
    Internal = -1,

    /// <summary>The frames are not a Bridge message.</summary>
    BadFrame = -2,

    /// <summary>The first frame names a protocol version that this side does not speak.</summary>
    UnknownProtocol = -3,

    /// <summary>No such message type.</summary>
    UnknownMessageType = -4,

    /// <summary>A field is missing, of the wrong type or out of range.</summary>
    BadField = -5,

    /// <summary>No session of this name is open.</summary>
    UnknownSession = -6,

    /// <summary>The session has no target with this item number.</summary>
    UnknownItem = -7,

    /// <summary>The Navigator file (or table of holes) cannot be read.</summary>
    UnreadableFile = -8,

    /// <summary>The session journal could not be written, so the request was not carried out.</summary>
    JournalUnwritable = -9,

    /// <summary>The request id was used before, for another request.</summary>
    RequestIdReused = -10,

    /// <summary>A session of this name is open already, with other targets.</summary>
    SessionExists = -11,

    /// <summary>There is nothing to collect in what was opened.</summary>
    NoTargets = -12,

    /// <summary>Too many requests wait already.</summary>
    Busy = -13,

    /// <summary>The host cannot be reached and could not be started.</summary>
    HostUnreachable = -14,

    /// <summary>No answer came within the deadline of the call.</summary>
    DeadlineExceeded = -15,

    /// <summary>No planner of this name.</summary>
    UnknownPlanner = -16,

    /// <summary>The session's journal is damaged inside, so the session cannot be resumed.</summary>
    JournalCorrupt = -17,

    /// <summary>A message, file or list is larger than the limit.</summary>
    TooLarge = -18,

    /// <summary>As many sessions are open as the host allows.</summary>
    TooManySessions = -19,

    /// <summary>Somebody said stop: nothing is suggested or allowed until that is taken back.</summary>
    Stopped = -20,

    /// <summary>A suggestion or a move lies outside the safety envelope: stage limits, image-shift limit, allowed squares.</summary>
    OutsideEnvelope = -21,

    /// <summary>The mode (advise, confirm) does not allow the move, or not yet.</summary>
    NotAllowed = -22,

    /// <summary>The request does not fit what the session is at: nothing observed yet, already ended, or a session of another kind.</summary>
    OutOfTurn = -23,

    /// <summary>No policy of this name for an alignment or a scan.</summary>
    UnknownPolicy = -24,

    /// <summary>The host asks for a proof that the client knows this user's secret: there was none on this connection, or a wrong one.</summary>
    NotProven = -25,
}
