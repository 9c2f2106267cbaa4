using Bridge.Contracts;
using Bridge.Testing;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>The folder of the journals loses its right to be written, for root too, and gets it back.</summary>
internal sealed class ReadOnlyFolder : IFault
{
    public string Name => "folder-read-only";

    public string What => "the folder of the journals mounted read-only under the running host, then writable again";

    public int Usual => 30;

    public int Few => 2;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "fault -9; host.log 3022";
        using var folder = new TempFolder();
        string sessions = Directory.CreateDirectory(Path.Combine(folder.File("data"), "sessions")).FullName;
        using MountedFolder? disk = MountedFolder.TrySmall(kilobytes: 16_384, sessions);
        if (disk is null)
        {
            tally.Skipped = "needs Linux and root: a file system cannot be mounted here";
            return;
        }
        using var bench = new FaultBench(run.Random.Next(), folder.File("data"), holes: 200);
        using var asker = bench.NewAsker();
        for (int i = 0; i < run.Tries && !run.Stop.IsCancellationRequested; i++)
            tally.Try(1, () => ForbidWriting(disk, bench, asker, i));
        bench.Host.Kill();  // before the file system goes
    }

    private static List<string> ForbidWriting(MountedFolder disk, FaultBench bench, Asker asker, int number)
    {
        double clockMin = 0;
        asker.Open($"before-{number}");
        asker.Report($"before-{number}", asker.Suggest($"before-{number}", ref clockMin)!.Value, clockMin);
        asker.Ask<SessionClosedReply>(new CloseSessionRequest($"before-{number}"));
        Require.Soon(() => disk.TrySetReadOnly(true), TimeSpan.FromSeconds(20), "the closed journal is still open for writing");
        try
        {
            var opening = new OpenSessionRequest($"ro-{number}") { Targets = [.. bench.Specimen.Grid.ToTargets()], ClockMin = 0 };
            Reply reply = asker.AskAnything(opening);
            Require.That(reply is FaultReply { Code: FaultCode.JournalUnwritable }, $"in a read-only folder a session was answered with {(reply as FaultReply)?.Message ?? reply.Type}");
        }
        finally
        {
            Require.That(disk.TrySetReadOnly(false), "the folder cannot be made writable again");
        }
        clockMin = 0;
        asker.Open($"ro-{number}");
        asker.Report($"ro-{number}", asker.Suggest($"ro-{number}", ref clockMin)!.Value, clockMin);
        asker.Ask<SessionClosedReply>(new CloseSessionRequest($"ro-{number}"));
        bench.LogMustSay(" 3022 Cannot write a journal: ");
        Require.Soon(() => !File.Exists(bench.JournalOf($"ro-{number}")), TimeSpan.FromSeconds(20), "the closed journal was not put away");
        return JournalJudge.Judge(bench.Journals, asker.Answered);
    }
}
