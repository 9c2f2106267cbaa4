using Microsoft.Extensions.Logging;

namespace Bridge.AgentHost.Serving;

/// <summary>What the host logs. Event numbers 3000-3099; a number is never reused.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 3000, Level = LogLevel.Information, Message = "Listening on {Endpoint}; journals in {Folder}")]
    public static partial void Listening(this ILogger logger, string endpoint, string folder);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Did open session {Session}: {Summary}")]
    public static partial void DidOpen(this ILogger logger, string session, string summary);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "Did resume session {Session}: {Summary}")]
    public static partial void DidResume(this ILogger logger, string session, string summary);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "Did close session {Session}")]
    public static partial void DidClose(this ILogger logger, string session);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "Cannot resume session {Session}; requests to it are refused until its journal is mended or moved away")]
    public static partial void CannotResume(this ILogger logger, Exception e, string session);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Error, Message = "{Type} {RequestId} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception e, string type, string requestId);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Warning, Message = "Refused a message: {Reason} ({Refused} refused so far)")]
    public static partial void Refused(this ILogger logger, string reason, long refused);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Warning, Message = "An answer could not be sent: the client is gone or does not read; it may ask again with the same request id ({Dropped} dropped so far)")]
    public static partial void AnswerDropped(this ILogger logger, long dropped);

    [LoggerMessage(EventId = 3008, Level = LogLevel.Warning, Message = "Stopped while sessions were still at work; what they had not journalled was not answered")]
    public static partial void StoppedLate(this ILogger logger);

    [LoggerMessage(EventId = 3009, Level = LogLevel.Critical, Message = "The socket thread ended")]
    public static partial void SocketThreadFailed(this ILogger logger, Exception e);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "The journal of closed session {Session} could not be renamed; the next start tries again")]
    public static partial void CannotPutAway(this ILogger logger, Exception e, string session);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "{Reason}; sessions get planner {Planner} instead")]
    public static partial void CannotUseModel(this ILogger logger, string reason, string planner);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Information, Message = "Did read model {Model} for planner {Planner}")]
    public static partial void DidReadModel(this ILogger logger, string model, string planner);

    [LoggerMessage(EventId = 3015, Level = LogLevel.Warning, Message = "{Why}; policy '{Policy}' leads partial scans, and their images are interpolated")]
    public static partial void CannotUseScanModel(this ILogger logger, string why, string policy);

    [LoggerMessage(EventId = 3016, Level = LogLevel.Warning, Message = "{Why}; holes are not scored")]
    public static partial void CannotUseClassifier(this ILogger logger, string why);

    [LoggerMessage(EventId = 3017, Level = LogLevel.Information, Message = "Did score holes of session {Session}: {Scored} of {Crops} crops")]
    public static partial void DidScore(this ILogger logger, string session, int scored, int crops);

    [LoggerMessage(EventId = 3018, Level = LogLevel.Warning, Message = "Holes of session {Session} could not be scored")]
    public static partial void CannotScore(this ILogger logger, Exception e, string session);

    [LoggerMessage(EventId = 3019, Level = LogLevel.Debug, Message = "Stopped scoring; what waits is scored when the session is resumed")]
    public static partial void StoppedScoring(this ILogger logger);

    [LoggerMessage(EventId = 3020, Level = LogLevel.Information, Message = "Did keep what session {Session} learned: {File}")]
    public static partial void DidKeepLearned(this ILogger logger, string session, string file);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "What session {Session} learned could not be kept; the next one goes on from what was learned before")]
    public static partial void CannotKeepLearned(this ILogger logger, Exception e, string session);

    [LoggerMessage(EventId = 3030, Level = LogLevel.Information, Message = "Clients must know the secret in {File}")]
    public static partial void AsksForSecret(this ILogger logger, string file);

    [LoggerMessage(EventId = 3031, Level = LogLevel.Warning, Message = "No secret is asked for (Host:SecretFile is none): whoever runs programs on this computer may talk to this host")]
    public static partial void AsksForNoSecret(this ILogger logger);

    [LoggerMessage(EventId = 3032, Level = LogLevel.Warning, Message = "Refused a client that did not prove to know the secret: {Reason} ({Refused} messages refused so far)")]
    public static partial void NotProven(this ILogger logger, string reason, long refused);
    [LoggerMessage(EventId = 3022, Level = LogLevel.Error, Message = "Cannot write a journal: {Reason} (request {Unwritable} of this session that was refused for it)")]
    public static partial void JournalUnwritable(this ILogger logger, string reason, long unwritable);

    [LoggerMessage(EventId = 3023, Level = LogLevel.Warning, Message = "The last line of session {Session} was cut short when a host ended in the middle of writing it; nobody had been answered from it. Its bytes are in {Torn}")]
    public static partial void DidCutTorn(this ILogger logger, string session, string torn);

    [LoggerMessage(EventId = 3024, Level = LogLevel.Warning, Message = "A host ended in the middle of opening session {Session}, before anybody was answered; the client's repetition opens it")]
    public static partial void DidNotOpenInTime(this ILogger logger, string session);

    [LoggerMessage(EventId = 3025, Level = LogLevel.Error, Message = "A request failed after its answer")]
    public static partial void MailboxWorkFailed(this ILogger logger, Exception e);

    [LoggerMessage(EventId = 3026, Level = LogLevel.Warning, Message = "The host before this one ended without a word: it was killed, it crashed, or the computer went off. Its open sessions go on")]
    public static partial void LastHostWasKilled(this ILogger logger);

    [LoggerMessage(EventId = 3027, Level = LogLevel.Information, Message = "Did stop")]
    public static partial void DidStop(this ILogger logger);

    [LoggerMessage(EventId = 3028, Level = LogLevel.Error, Message = "Cannot write {File}: {Reason} Clients that look there for the port will not find this host")]
    public static partial void CannotWriteEndpoint(this ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 3029, Level = LogLevel.Warning, Message = "The host stood still for {Seconds:0} s: the process or the computer was suspended, or had no time for it. Requests waited meanwhile")]
    public static partial void StoodStill(this ILogger logger, double seconds);

    [LoggerMessage(EventId = 3040, Level = LogLevel.Warning, Message = "The computer's clock was set {Direction} by {Seconds:0} s, or the computer slept. Sessions count their minutes on; dates in journals and logs jump")]
    public static partial void ClockWasSet(this ILogger logger, string direction, double seconds);

    [LoggerMessage(EventId = 3041, Level = LogLevel.Information, Message = "A client came back to session {Session}: {Summary}")]
    public static partial void DidOpenAgain(this ILogger logger, string session, string summary);

    [LoggerMessage(EventId = 3042, Level = LogLevel.Warning, Message = "Closed the connection with {Peer}: {Reason} ({Closed} closed by the host so far)")]
    public static partial void DidCloseConnection(this ILogger logger, string peer, string reason, long closed);

    [LoggerMessage(EventId = 3043, Level = LogLevel.Warning, Message = "Session {Session}: {Record}")]
    public static partial void PredictionsMislead(this ILogger logger, string session, string record);

    [LoggerMessage(EventId = 3090, Level = LogLevel.Critical, Message = "Did not start: {Reason}")]
    public static partial void DidNotStart(this ILogger logger, string reason);
}
