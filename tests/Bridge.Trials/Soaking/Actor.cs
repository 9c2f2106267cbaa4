using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Soaking;

/// <summary>One microscope of the week: session after session, of one kind, each by a client of its own, which in mid-session may go away and come back.
/// Each session's journal is held against its answers when it is closed.</summary>
internal sealed class Actor(string endpoint, string secretFile, string sessionsFolder, MeasuredGrid specimen, int number, int seed)
{
    private static readonly string[] Planners = ["rate", "bayes", "nearest", "greedy", "thompson", "ucb"];

    private readonly Random _random = new(seed * 1009 + number);
    private long _suggestions;
    private long _exchanges;

    /// <summary>Suggestions so far, of all kinds.</summary>
    public long Suggestions => Interlocked.Read(ref _suggestions);

    /// <summary>Answers so far.</summary>
    public long Exchanges => Interlocked.Read(ref _exchanges);

    public int Closed { get; private set; }

    /// <summary>Minutes of the microscope's time so far.</summary>
    public double Minutes { get; private set; }

    /// <summary>What was lost.</summary>
    public List<string> Losses { get; } = [];

    /// <summary>Of 16 actors one aligns and one scans; the others collect holes.</summary>
    public void Run(Func<bool> over)
    {
        while (!over())
        {
            string session = $"a{number}-{Closed}";
            var answered = new List<Exchange>();
            switch (number % 16)
            {
                case 14:
                    Align(session, answered, over);
                    break;
                case 15:
                    Scan(session, answered, over);
                    break;
                default:
                    Collect(session, answered, over);
                    break;
            }
            Judge(session, answered);
            Closed++;
        }
    }

    private void Collect(string session, List<Exchange> answered, Func<bool> over)
    {
        double clockMin = 0;
        string planner = Planners[_random.Next(Planners.Length)];
        double minutes = Closed > 0 ? 480 : 480 * (0.05 + 0.95 * _random.NextDouble());
        bool done = false;
        while (!done)
        {
            using var asker = new Asker(endpoint, specimen, secretFile);
            // The first sessions end at different times, so that not all sessions are old at once.
            asker.Open(session, planner, Math.Max(0, minutes - clockMin));
            for (int left = _random.Next(10, 200); left > 0 && !done; left--)
            {
                if (over() || asker.Suggest(session, ref clockMin) is not { } item)
                {
                    done = true;
                    break;
                }
                asker.Report(session, item, clockMin);
                Count(suggestions: 1, exchanges: 2);
            }
            if (done)
                asker.Ask<SessionClosedReply>(new CloseSessionRequest(session));
            answered.AddRange(asker.Answered);
        }
        Minutes += clockMin;
    }

    private void Align(string session, List<Exchange> answered, Func<bool> over)
    {
        using var asker = new Asker(endpoint, specimen, secretFile);
        for (int alignment = 0; alignment < 10 && !over(); alignment++)
        {
            double startX = _random.Next(-200, 200), startY = _random.Next(-200, 200), shiftX = 0, shiftY = 0;
            asker.Ask<AlignmentBegunReply>(new BeginAlignmentRequest(session, 0, 0, 100));
            BeamShiftReply next;
            do
            {
                asker.Ask<AckReply>(new ObserveBeamRequest(session, startX + 4 * shiftX - shiftY, startY + shiftX + 5 * shiftY));
                next = asker.Ask<BeamShiftReply>(new NextBeamShiftRequest(session));
                (shiftX, shiftY) = (next.ShiftX, next.ShiftY);
                Count(suggestions: 1, exchanges: 2);
            }
            while (next.Kind == BeamShiftKind.GoOn);
            Minutes++;
        }
        if (asker.Exchanges > 0)
            asker.Ask<SessionClosedReply>(new CloseSessionRequest(session));
        answered.AddRange(asker.Answered);
    }

    private void Scan(string session, List<Exchange> answered, Func<bool> over)
    {
        using var asker = new Asker(endpoint, specimen, secretFile);
        ScanBegunReply begun = asker.Ask<ScanBegunReply>(new BeginScanRequest(session, 64, 64));
        while (!over() && asker.Ask<SegmentReply>(new NextSegmentRequest(session)) is { Kind: SegmentKind.GoOn })
        {
            double[] values = new double[begun.Positions];
            for (int i = 0; i < values.Length; i++)
                values[i] = _random.NextDouble();
            asker.Ask<AckReply>(new ObserveSegmentRequest(session, values));
            Count(suggestions: 1, exchanges: 2);
        }
        asker.Ask<SessionClosedReply>(new CloseSessionRequest(session));
        answered.AddRange(asker.Answered);
        Minutes++;
    }

    private void Count(int suggestions, int exchanges)
    {
        Interlocked.Add(ref _suggestions, suggestions);
        Interlocked.Add(ref _exchanges, exchanges);
    }

    private void Judge(string session, List<Exchange> answered)
    {
        if (answered.Count == 0)
            return;
        string[] closed = [];
        Require.Soon(() => (closed = Directory.GetFiles(sessionsFolder, $"closed-{session}-*.jsonl")).Length > 0, Asker.Limit, $"the journal of closed session {session} was not put away");
        Losses.AddRange(JournalJudge.Judge(closed, answered).Take(10).Select(loss => $"{session}: {loss}"));
    }
}
