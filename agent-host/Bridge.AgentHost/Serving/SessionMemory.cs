using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>What a session knows: all of it follows from the exchanges in its journal, in their order.</summary>
public sealed class SessionMemory
{
    private readonly SessionClock _clock;
    private readonly ReplyCache _replies = new();

    /// <param name="grid">The targets; only a collection has them.</param>
    /// <param name="planner">Name of a collection's planner; null takes the host's.</param>
    /// <param name="keptMinutes">Of moves, from earlier sessions; null without.</param>
    /// <exception cref="ContractException">The request opens no session, or an unknown planner or unusable minutes.</exception>
    public SessionMemory(SessionRequest opening, Grid? grid, HostPlanners planners, string? planner, HostAlignments alignments, TimeProvider time, string? keptMinutes = null)
    {
        (Core, PlannerWarning) = SessionCores.Create(opening, grid, planners, planner, alignments, time, keptMinutes);
        _clock = new SessionClock(clientKeepsTime: opening.ClockMin is not null, time);
    }

    public ISessionCore Core { get; }

    /// <summary>Why the session has another planner than it should have, or null.</summary>
    public string? PlannerWarning { get; }

    /// <summary>Answers given, for repetitions that come after the session's end.</summary>
    public ReplyCache Replies => _replies;

    /// <summary>True after <c>close_session</c>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Starts from the first exchange of a journal, with the planner that was in charge then.</summary>
    /// <exception cref="ContractException">It is not the opening of a session.</exception>
    public static SessionMemory From(JournalledExchange first, HostPlanners planners, HostAlignments alignments, TimeProvider time)
    {
        if (!MessageTypes.OpensSession(first.Message.Type) || first.Reply is FaultReply)
            throw new ContractException(FaultCode.JournalCorrupt, $"journal line 1: a journal begins with {MessageTypes.OpenSession}, {MessageTypes.BeginAlignment} or {MessageTypes.BeginScan}, this one with {first.Message.Type}");
        // An end time was turned into minutes when it was told: today it may be past.
        SessionRequest opening = first is { Request: OpenSessionRequest { EndTime: not null } request, Reply: SessionOpenedReply told } ? request with { MinutesLeft = told.MinutesLeft } : first.Request;
        var memory = new SessionMemory(opening, first.Request is OpenSessionRequest ? GridBuilder.FromTargets(first.Targets) : null, planners, (first.Reply as SessionOpenedReply)?.Planner, alignments, time, (first.Reply as SessionOpenedReply)?.Minutes);
        memory.Keep(first);
        return memory;
    }

    /// <summary>The minute of the session's clock at which a request arrives.</summary>
    public double MinuteOf(Request request) => _clock.Read(request.ClockMin);

    /// <summary>The answer given to this message before, or null.</summary>
    /// <exception cref="ContractException">Its request id was used for another request.</exception>
    public Reply? FindReply(BridgeMessage message) => _replies.Find(message) is { } kept ? Core.Whole(kept) : null;

    /// <summary>True if a request of this id was answered here.</summary>
    public bool HasAnswered(string requestId) => _replies.Contains(requestId);

    /// <summary>Takes in an exchange that is in the journal.</summary>
    public void Keep(JournalledExchange exchange)
    {
        _clock.Advance(exchange.AtMin, exchange.WrittenUtc);
        if (exchange.Reply is not FaultReply)
            Core.Apply(exchange.Request, exchange.Reply, exchange.AtMin);
        IsClosed |= exchange.Reply is SessionClosedReply;
        if (exchange.Reply is ScanImageReply)
            return;  // the journal has no pixels: made again, should somebody ask again
        _replies.Add(exchange.Message, exchange.Reply is SessionOpenedReply opened ? opened with { Places = [] } : exchange.Reply);
    }
}
