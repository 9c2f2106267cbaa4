using Bridge.AgentHost.Serving;
using Bridge.Agents.Planning.Simulation;
using Bridge.Contracts;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Bridge.Trials.Judging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Trials.Faults;

/// <summary>The computer's clock is set back and forward under a session that runs on the host's time, over resumes too. In this process, with a clock that
/// is handed in: the one of the computer is not ours to set.</summary>
internal sealed class ClockSet : IFault
{
    private const double BudgetMin = 600, LongestWaitMin = 30;

    public string Name => "clock-set";

    public string What => "the clock set back or forward by up to two days within a session on the host's time, and the session resumed";

    public int Usual => 500;

    public int Few => 20;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3040";
        MeasuredGrid specimen = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(2000, run.Random.Next()));
        using var folder = new TempFolder();
        for (int i = 0; i < run.Tries && !run.Stop.IsCancellationRequested; i++)
            tally.Try(1, () => SetTheClock(specimen, folder.File($"session-{i}.jsonl"), run.Random));
    }

    private static List<string> SetTheClock(MeasuredGrid specimen, string journal, Random random)
    {
        var clock = new HandTurnedClock();
        var lines = new SeenEvents();
        using var watch = new ClockWatch(clock, lines);
        var opening = new OpenSessionRequest("clock") { Targets = [.. specimen.Grid.ToTargets()], MinutesLeft = BudgetMin };
        JournalledSession session = JournalledSession.Open(opening.ToMessage(Ids.New()), opening, journal, clock).Session;
        var answered = new List<Exchange>();
        double passedMin = 0;
        bool stopped = false;
        while (!stopped)
        {
            double hours = random.NextDouble() * 96 - 48;
            clock.Set(TimeSpan.FromHours(hours));
            watch.Look();
            Require.That(lines.Last == 3040, "the log does not say that the clock was set");
            // Nobody can tell from a clock that was set forward while no host ran how long that was: it counts as time that passed.
            if (hours < 0 && random.Next(4) == 0)
            {
                session.Dispose();
                session = JournalledSession.Resume(journal, clock);
            }
            double minutes = random.NextDouble() * LongestWaitMin;
            clock.Advance(TimeSpan.FromMinutes(minutes));
            passedMin += minutes;
            BridgeMessage suggest = new SuggestRequest("clock").ToMessage(Ids.New());
            Reply reply = session.Handle(suggest);
            answered.Add(Exchange.Of(suggest, reply));
            stopped = reply is SuggestionReply { Kind: SuggestionKind.Stop };
        }
        session.Dispose();
        // No move is suggested that would end after the time, and the session learns that moves take as long as the waits here.
        Require.That(passedMin > BudgetMin - LongestWaitMin && passedMin < BudgetMin + LongestWaitMin + 1, $"a budget of {BudgetMin} min lasted {passedMin:0} min");
        return JournalJudge.Judge([journal], answered);
    }

    private sealed class SeenEvents : Microsoft.Extensions.Logging.ILogger<ClockWatch>
    {
        public int Last { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Last = eventId.Id;
    }
}
