using Bridge.Contracts;
using Bridge.Testing;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>The disk fills up to the last byte in the middle of sessions; the host is also started on it; then there is room again.</summary>
internal sealed class FullDisk : IFault
{
    public string Name => "disk-full";

    public string What => "a small file system filled to the last bytes in mid-session, every third time with a start of the host on it, then room again";

    public int Usual => 60;

    public int Few => 3;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "fault -9; host.log 3022, or how many lines are missing; doctor: data folder";
        using MountedFolder? disk = MountedFolder.TrySmall(kilobytes: 32_768);
        if (disk is null)
        {
            tally.Skipped = "needs Linux and root: a small file system cannot be mounted here";
            return;
        }
        using var bench = new FaultBench(run.Random.Next(), disk.Path);
        using var asker = bench.NewAsker();
        bench.BeginWatch();
        double clockMin = 0;
        asker.Open("full", minutes: 100_000);
        for (int i = 0; i < run.Tries && !run.Stop.IsCancellationRequested; i++)
            tally.Try(() => Fill(disk, bench, asker, run.Random, ref clockMin, restart: i % 3 == 2));
        tally.Try(1, () =>
        {
            // The log's own last page may have had room for it; if not, the log tries the disk again after ten seconds.
            Require.Soon(() =>
            {
                asker.Ask<SessionOpenedReply>(new OpenSessionRequest("full") { Targets = [.. bench.Specimen.Grid.ToTargets()], Planner = "rate", MinutesLeft = 100_000, ClockMin = clockMin });
                Thread.Sleep(250);
                return bench.LogLines().Any(line => line.Contains(" 3022 ", StringComparison.Ordinal) || line.Contains("lines before this one are missing", StringComparison.Ordinal));
            }, TimeSpan.FromSeconds(30), "host.log says neither that a journal could not be written nor that lines are missing");
            return JournalJudge.Judge(bench.Journals, asker.Answered);
        });
    }

    private static void Fill(MountedFolder disk, FaultBench bench, Asker asker, Random random, ref double clockMin, bool restart)
    {
        string filler = Path.Combine(disk.Path, "filler");
        try
        {
            disk.Fill(filler);
            // A tmpfs gives room by pages: the file's own last page takes a few lines more, then a line is cut in its middle.
            Reply reply;
            int asked = 0;
            do
                reply = asker.AskAnything(new SuggestRequest("full") { ClockMin = clockMin });
            while (reply is SuggestionReply { Target: not null } && ++asked < 100);
            Require.That(reply is FaultReply { Code: FaultCode.JournalUnwritable }, $"on a full disk suggest was answered with {(reply as FaultReply)?.Message ?? reply.Type}");
            Reply opening = asker.AskAnything(new OpenSessionRequest($"other-{random.Next()}") { Targets = [.. bench.Specimen.Grid.ToTargets()] });
            Require.That(opening is FaultReply { Code: FaultCode.JournalUnwritable }, "on a full disk a session was opened");
            Require.That(bench.Doctor().Contains("BAD  data folder", StringComparison.Ordinal), "doctor does not say that the data folder cannot be written");
            if (restart)
            {
                bench.Host.Kill();
                bench.Host.Restart();
                Reply after = asker.AskAnything(new SuggestRequest("full") { ClockMin = clockMin });
                Require.That(after is FaultReply { Code: FaultCode.JournalUnwritable }, $"started on a full disk, the host answered {(after as FaultReply)?.Message ?? after.Type}");
            }
        }
        finally
        {
            File.Delete(filler);
        }
        Thread.Sleep(1100);  // a journal that could not be opened is tried again after a second
        for (int hole = random.Next(1, 5); hole > 0; hole--)
        {
            int item = asker.Suggest("full", ref clockMin) ?? throw new TrialLossException("no hole is left: the trial needs a larger grid");
            asker.Report("full", item, clockMin);
        }
    }
}
