using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>What a power cut leaves: a last line that was being written, cut anywhere, also the very first one.</summary>
internal sealed class TornJournal : IFault
{
    private const int Batch = 30;

    public string Name => "journal-torn";

    public string What => "the last line of a journal cut anywhere, or an opening cut anywhere, and the host started on it";

    public int Usual => 300;

    public int Few => 6;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3023, 3024; doctor: journal";
        for (int left = run.Tries; left > 0 && !run.Stop.IsCancellationRequested; left -= Batch)
            tally.Try(Math.Min(Batch, left), () => Tear(Math.Min(Batch, left), run.Random));
    }

    private static List<string> Tear(int sessions, Random random)
    {
        using var bench = new FaultBench(random.Next(), holes: 300);
        using var asker = bench.NewAsker();
        bench.BeginWatch();
        var clocks = new double[sessions];
        for (int i = 0; i < sessions; i++)
        {
            asker.Open($"torn-{i}");
            for (int hole = 0; hole < 4; hole++)
                asker.Report($"torn-{i}", asker.Suggest($"torn-{i}", ref clocks[i])!.Value, clocks[i]);
        }
        bench.Host.Kill();
        for (int i = 0; i < sessions; i++)
        {
            // What would have come next looks like the line before it, and is cut somewhere.
            byte[] lines = File.ReadAllBytes(bench.JournalOf($"torn-{i}"));
            int last = lines.AsSpan(0, lines.Length - 1).LastIndexOf((byte)'\n') + 1;
            using (FileStream journal = File.Open(bench.JournalOf($"torn-{i}"), FileMode.Append))
                journal.Write(lines.AsSpan(last, random.Next(1, lines.Length - last)));
            // An opening of which nobody was told.
            File.WriteAllBytes(bench.JournalOf($"opening-{i}"), lines[..random.Next(Array.IndexOf(lines, (byte)'\n'))]);
        }
        string doctorBefore = bench.Doctor();
        bench.Host.Restart();
        bench.StopMustBeObeyed();
        for (int i = 0; i < sessions; i++)
        {
            asker.Report($"torn-{i}", asker.Suggest($"torn-{i}", ref clocks[i])!.Value, clocks[i]);
            asker.Open($"opening-{i}");
        }
        bench.LogMustSay($" 3023 The last line of session torn-{sessions - 1} ");
        bench.LogMustSay(" 3024 ");
        Require.That(doctorBefore.Contains("cut short", StringComparison.Ordinal), "doctor does not say that a line was cut short");
        Require.That(bench.Doctor().Contains(".torn", StringComparison.Ordinal), "doctor does not say what was put aside");
        return JournalJudge.Judge(bench.Journals, asker.Answered);
    }
}
