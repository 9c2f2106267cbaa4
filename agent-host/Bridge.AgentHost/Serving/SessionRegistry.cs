using Bridge.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.AgentHost.Serving;

/// <summary>The open sessions, each behind its mailbox. Called by the socket thread only, but for what runs inside a mailbox.</summary>
public sealed class SessionRegistry(DataFolder folder, IOptions<AgentHostOptions> options, HostPlanners planners, HostAlignments alignments, TimeProvider time, ILogger<SessionRegistry> logger)
{
    // Ids are file names, and Windows does not tell "A" from "a".
    private readonly Dictionary<string, SessionSlot> _slots = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> OpenIds => [.. _slots.Where(slot => slot.Value.IsOpen).Select(slot => slot.Key).Order(StringComparer.Ordinal)];

    /// <summary>Goes on with every session that was open when the last host went away. A damaged journal keeps only its own session from
    /// resuming: requests to it are answered with the reason.</summary>
    public void ResumeAll()
    {
        foreach (string id in folder.OpenSessions())
        {
            var slot = new SessionSlot(folder, options.Value.MailboxCapacity, planners, alignments, time, logger);
            slot.Resume(id);
            _slots.Add(id, slot);
        }
    }

    /// <summary>Passes a request to its session.</summary>
    /// <param name="answer">Called once, later, from the session's mailbox.</param>
    /// <exception cref="ContractException">There is no such session, too many are open, or its mailbox is full.</exception>
    public void Post(string session, BridgeMessage message, Action<Reply> answer)
    {
        if (!_slots.TryGetValue(session, out SessionSlot? slot))
        {
            // A close may be the repetition of one that an earlier host carried out: the slot looks into its journal.
            if (!MessageTypes.OpensSession(message.Type) && message.Type != MessageTypes.CloseSession)
                throw new ContractException(FaultCode.UnknownSession, $"no session '{session}' is open; send {OpeningOf(message.Type)} first");
            slot = AddSlot(session);
        }
        slot.Post(message, answer);
    }

    /// <summary>Lets every session finish what it is at, and closes the journals.</summary>
    /// <returns>False if the time ran out first.</returns>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        Task all = Task.WhenAll(_slots.Values.Select(slot => slot.StopAsync()));
        return await Task.WhenAny(all, Task.Delay(limit)).ConfigureAwait(false) == all;
    }

    private static string OpeningOf(string type) => type switch
    {
        MessageTypes.ObserveBeam or MessageTypes.NextBeamShift => MessageTypes.BeginAlignment,
        MessageTypes.ObserveSegment or MessageTypes.NextSegment or MessageTypes.GetScanImage => MessageTypes.BeginScan,
        _ => MessageTypes.OpenSession,
    };

    private SessionSlot AddSlot(string session)
    {
        // Closed sessions and failed openings stay in the table, so that late repetitions get their answer; the room is bounded.
        if (_slots.Count >= options.Value.MaxSessions)
        {
            foreach ((string id, SessionSlot old) in _slots.Where(slot => !slot.Value.IsOpen).ToList())
            {
                _slots.Remove(id);
                _ = old.StopAsync();
            }
        }
        if (_slots.Count >= options.Value.MaxSessions)
            throw new ContractException(FaultCode.TooManySessions, $"{_slots.Count} sessions are open, the limit is {options.Value.MaxSessions}; close one, or raise Host:MaxSessions");
        return _slots[session] = new SessionSlot(folder, options.Value.MailboxCapacity, planners, alignments, time, logger);
    }
}
