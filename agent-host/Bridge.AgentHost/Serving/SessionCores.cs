using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>The kinds of sessions, by the request that opens them.</summary>
internal static class SessionCores
{
    /// <param name="grid">The targets; only a collection has them.</param>
    /// <exception cref="ContractException">The request opens nothing, or cannot be carried out.</exception>
    public static ISessionCore Create(SessionRequest opening, Grid? grid) => opening switch
    {
        OpenSessionRequest collection => new CollectionCore(collection, grid!),
        BeginAlignmentRequest alignment => new AlignmentCore(alignment),
        BeginScanRequest scan => new ScanCore(scan),
        _ => throw new ContractException(FaultCode.UnknownSession,
            $"no session is open; send {MessageTypes.OpenSession}, {MessageTypes.BeginAlignment} or {MessageTypes.BeginScan} first"),
    };

    /// <summary>The refusal of a request that belongs into a session of another kind.</summary>
    /// <param name="kind">What the session is, with its article.</param>
    public static ContractException WrongKind(string session, string kind, SessionRequest request) => new(FaultCode.OutOfTurn,
        $"session '{session}' is {kind} and does not know {request.Type}; choose another name for a session of another kind");
}
