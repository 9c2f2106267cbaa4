using Bridge.AgentHost.Serving;
using Bridge.Agents.Alignment;
using Bridge.Contracts;
using Bridge.Domain.Journal;

namespace Bridge.AgentHost.Replay;

/// <summary>
/// Goes through the journal of alignments once more. At every shift the policy is asked again, a learning one after as many moves as it had learned then, and its
/// answer is laid beside the one that was given; the session goes on with what was given.
/// </summary>
public sealed class AlignmentReplay
{
    /// <summary>Shifts are the same up to this share of the longest one; other processors round otherwise.</summary>
    private const double Same = 1e-6;

    private readonly List<Difference> _differences = [];
    private readonly SortedDictionary<string, int> _events = new(StringComparer.Ordinal);
    private AlignmentCore? _core;
    private double _maxShift;

    /// <summary>One answer that came out differently.</summary>
    public sealed record Difference(long Line, double AtMin, BeamShiftReply Given, BeamShiftReply Now);

    public string Session => _core?.Session ?? "";

    /// <summary>Policy of the last alignment.</summary>
    public string Policy { get; private set; } = "";

    public IReadOnlyDictionary<string, int> Events => _events;

    /// <summary>Alignments begun, and those that ended aligned.</summary>
    public (int Begun, int Aligned) Alignments { get; private set; }

    /// <summary>Answers that were asked for again.</summary>
    public int Answers { get; private set; }

    public IReadOnlyList<Difference> Differences => _differences;

    /// <summary>Why the answers cannot be the same; null if they can.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>Minutes of the session's clock from the opening to the last line.</summary>
    public double Minutes { get; private set; }

    /// <summary>True if a journal is one of alignments.</summary>
    /// <exception cref="ContractException">It cannot be read.</exception>
    public static bool IsFor(string path) => JournalReader.Read(path).FirstOrDefault() is { Event: MessageTypes.BeginAlignment };

    /// <param name="path">The journal; what was learned is looked for in the data folder that it lies in.</param>
    /// <exception cref="ContractException">The journal is damaged.</exception>
    public static AlignmentReplay Run(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path)));
        var alignments = new HostAlignments(AlignmentPolicies.Default, folder is null ? null : Path.Combine(folder, DataFolder.AlignmentsName), inBackground: false);
        var replay = new AlignmentReplay();
        double? openedAt = null;
        try
        {
            foreach (JournalEntry entry in JournalReader.Read(path))
            {
                JournalledExchange exchange = JournalledExchange.From(entry);
                replay._core ??= new AlignmentCore(exchange.Request.Session, alignments);
                replay.Take(entry, exchange);
                replay.Minutes = Math.Max(replay.Minutes, exchange.AtMin - (openedAt ??= exchange.AtMin));
            }
        }
        finally
        {
            replay._core?.Dispose();
        }
        return replay._core is null ? throw new ContractException(FaultCode.JournalCorrupt, $"{path} has no line") : replay;
    }

    private void Take(JournalEntry entry, JournalledExchange exchange)
    {
        _events[entry.Event] = _events.GetValueOrDefault(entry.Event) + 1;
        if (exchange is { Request: NextBeamShiftRequest, Reply: BeamShiftReply given })
        {
            Answers++;
            if (given.Learned < _core!.Learned)
                WhyNot ??= $"at line {entry.Seq}, after a restart, it answered before it had learned again what it knew";
            _core.LearnTo(given.Learned ?? 0);
            var now = (BeamShiftReply)_core.Decide(exchange.Request, exchange.AtMin, entry.Seq);
            if (now.Kind != given.Kind || Math.Abs(now.ShiftX - given.ShiftX) > Same * _maxShift || Math.Abs(now.ShiftY - given.ShiftY) > Same * _maxShift)
                _differences.Add(new Difference(entry.Seq, exchange.AtMin, given, now));
            if (given.Kind == BeamShiftKind.Aligned && _core.IsOpen)
                Alignments = (Alignments.Begun, Alignments.Aligned + 1);
        }
        if (exchange.Reply is FaultReply)
            return;
        _core!.Apply(exchange.Request, exchange.Reply, exchange.AtMin);
        if (exchange is not { Request: BeginAlignmentRequest begin, Reply: AlignmentBegunReply begun })
            return;
        (Policy, _maxShift) = (begun.Policy, begin.MaxShift);
        Alignments = (Alignments.Begun + 1, Alignments.Aligned);
        if (begun.Policy == AlignmentPolicies.Sac && begun.Weights != _core.Weights)
            WhyNot ??= $"the session went on from weights {begun.Weights ?? "that knew nothing"}, which are not there any more";
    }
}
