using Bridge.Agents.Planning;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>The kinds of sessions, by the request that opens them.</summary>
internal static class SessionCores
{
    /// <param name="grid">The targets; only a collection has them.</param>
    /// <param name="planner">Name of a collection's planner; null takes the host's.</param>
    /// <param name="keptMinutes">Minutes of moves that earlier sessions learned, for a collection that names none; null without.</param>
    /// <returns>The core, and why it has another planner than it should have, or null.</returns>
    /// <exception cref="ContractException">The request opens nothing, or cannot be carried out.</exception>
    public static (ISessionCore Core, string? PlannerWarning) Create(SessionRequest opening, Grid? grid, HostPlanners planners, string? planner, HostAlignments alignments, TimeProvider time, string? keptMinutes = null) => opening switch
    {
        OpenSessionRequest collection => Collection(collection, grid!, planners, planner, time, keptMinutes),
        BeginAlignmentRequest alignment => (new AlignmentCore(alignment.Session, alignments), null),
        BeginScanRequest scan => (new ScanCore(scan, planners.Scans), null),
        _ => throw new ContractException(FaultCode.UnknownSession,
            $"no session is open; send {MessageTypes.OpenSession}, {MessageTypes.BeginAlignment} or {MessageTypes.BeginScan} first"),
    };

    /// <summary>The refusal of a request that belongs into a session of another kind.</summary>
    /// <param name="kind">What the session is, with its article.</param>
    public static ContractException WrongKind(string session, string kind, SessionRequest request) => new(FaultCode.OutOfTurn,
        $"session '{session}' is {kind} and does not know {request.Type}; choose another name for a session of another kind");

    private static (ISessionCore Core, string? PlannerWarning) Collection(OpenSessionRequest opening, Grid grid, HostPlanners planners, string? planner, TimeProvider time, string? keptMinutes)
    {
        OpenSessionRequest timed = keptMinutes is null ? opening : opening with { Minutes = keptMinutes };
        (Func<Grid, IPlanner> create, string? warning) = planners.MakerOf(planner, timed);
        (Func<Grid, IPlanner>? createShadow, string? ofShadow) = planners.ShadowMakerOf(timed);
        return (new CollectionCore(opening, grid, create, createShadow, time, keptMinutes, planners.Minutes), ofShadow is null ? warning : warning is null ? $"shadow: {ofShadow}" : $"{warning}; shadow: {ofShadow}");
    }
}
