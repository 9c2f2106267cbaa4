using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Bridge.Domain.Journal;

namespace Bridge.AgentHost.Replay;

/// <summary>Goes through the journal of a scan session once more. At every segment the policy is asked again, in the state in which the host was then, and its answer
/// is laid beside the one that was given; the scan goes on with what was given.</summary>
public sealed class ScanReplay
{
    /// <summary>Positions (px) and directions closer than this are the same: journals keep all digits.</summary>
    private const double Same = 1e-9;

    private readonly List<Difference> _differences = [];
    private readonly SortedDictionary<string, int> _events = new(StringComparer.Ordinal);

    private ScanReplay(string session) => Session = session;

    /// <summary>One segment that came out differently.</summary>
    public sealed record Difference(long Line, SegmentReply Given, SegmentReply Now);

    public string Session { get; }

    /// <summary>Policy that was asked; of the last scan, if there were several.</summary>
    public string Policy { get; private set; } = "";

    public IReadOnlyDictionary<string, int> Events => _events;

    /// <summary>Scans that were begun.</summary>
    public int Scans { get; private set; }

    /// <summary>Segments that were handed out.</summary>
    public int Segments { get; private set; }

    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>What the session was at in the end.</summary>
    public string Summary { get; private set; } = "";

    /// <param name="path">The journal.</param>
    /// <param name="policy">Another policy to ask; null asks the one that was in charge.</param>
    /// <param name="scans">Where the policy comes from.</param>
    /// <returns>Null if it is the journal of a session of another kind.</returns>
    /// <exception cref="ContractException">The journal is damaged, or there is no such policy.</exception>
    public static ScanReplay? Run(string path, string? policy, HostScans scans)
    {
        ScanReplay? replay = null;
        ScanCore? core = null;
        foreach (JournalEntry entry in JournalReader.Read(path))
        {
            JournalledExchange exchange = JournalledExchange.From(entry);
            if (core is null || replay is null)
            {
                if (exchange.Request is not BeginScanRequest opening)
                    return null;
                string first = policy ?? (exchange.Reply as ScanBegunReply)?.Policy ?? opening.Policy ?? "";
                (replay, core) = (new ScanReplay(opening.Session), new ScanCore(opening with { Policy = first.Length > 0 ? first : null }, scans));
            }
            replay.Take(core, entry, exchange, policy);
        }
        if (replay is not null)
            replay.Summary = core!.Summary;
        return replay;
    }

    private void Take(ScanCore core, JournalEntry entry, JournalledExchange exchange, string? policy)
    {
        _events[entry.Event] = _events.GetValueOrDefault(entry.Event) + 1;
        Reply reply = exchange.Reply;
        if (reply is ScanBegunReply begun)
        {
            Scans++;
            Policy = policy ?? begun.Policy;
            reply = begun with { Policy = Policy, File = null };
        }
        if (exchange.Request is NextSegmentRequest && reply is SegmentReply given)
        {
            var now = (SegmentReply)core.Decide(exchange.Request, exchange.AtMin, entry.Seq);
            Segments += given.Kind == SegmentKind.GoOn ? 1 : 0;
            if (now.Kind != given.Kind || Math.Abs(now.X - given.X) > Same || Math.Abs(now.Y - given.Y) > Same || Math.Abs(now.DirectionRad - given.DirectionRad) > Same)
                _differences.Add(new Difference(entry.Seq, given, now));
        }
        if (reply is not FaultReply)
            core.Apply(exchange.Request, reply, exchange.AtMin);
    }
}
