using Bridge.Contracts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>A bit of a journal on the disk flips. Nobody may get an answer from a session whose past is not certain, and the others go on.</summary>
internal sealed class FlippedJournal : IFault
{
    private const int Batch = 30;

    public string Name => "journal-flipped";

    public string What => "one random bit of a journal flipped, the host started on it, then the file put right under the running host";

    public int Usual => 300;

    public int Few => 6;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3004; doctor: journal";
        for (int left = run.Tries; left > 0 && !run.Stop.IsCancellationRequested; left -= Batch)
            tally.Try(Math.Min(Batch, left), () => Flip(Math.Min(Batch, left), run.Random));
    }

    private static List<string> Flip(int sessions, Random random)
    {
        using var bench = new FaultBench(random.Next(), holes: 100);
        using var asker = bench.NewAsker();
        bench.BeginWatch();
        var clocks = new double[sessions + 1];
        for (int i = 0; i <= sessions; i++)
        {
            asker.Open($"flip-{i}");
            for (int hole = 0; hole < 4; hole++)
                asker.Report($"flip-{i}", asker.Suggest($"flip-{i}", ref clocks[i])!.Value, clocks[i]);
        }
        bench.Host.Kill();
        var whole = new byte[sessions][];
        var losses = new List<string>();
        for (int i = 0; i < sessions; i++)
        {
            whole[i] = File.ReadAllBytes(bench.JournalOf($"flip-{i}"));
            byte[] flipped = [.. whole[i]];
            flipped[i == 0 ? ^1 : random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(bench.JournalOf($"flip-{i}"), flipped);
        }
        bench.Host.Restart();
        bench.StopMustBeObeyed();
        string doctor = bench.Doctor();
        for (int i = 0; i < sessions; i++)
        {
            Reply reply = asker.AskAnything(new SuggestRequest($"flip-{i}") { ClockMin = clocks[i] });
            bool isWhole = reply is SuggestionReply;  // a last line whose line feed was hit is mended
            if (!isWhole && reply is not FaultReply { Code: FaultCode.JournalCorrupt })
                losses.Add($"flip-{i}: {(reply as FaultReply)?.Message ?? reply.Type}");
            if (!isWhole && !doctor.Contains($"session-flip-{i}.jsonl line ", StringComparison.Ordinal))
                losses.Add($"doctor does not name the damaged line of flip-{i}");
            if (isWhole)
                continue;
            bench.LogMustSay($" 3004 Cannot resume session flip-{i};");
            File.WriteAllBytes(bench.JournalOf($"flip-{i}"), whole[i]);
        }
        // The one beside them never noticed, and the others go on where they were.
        for (int i = 0; i <= sessions; i++)
            asker.Report($"flip-{i}", asker.Suggest($"flip-{i}", ref clocks[i])!.Value, clocks[i]);
        losses.AddRange(JournalJudge.Judge(bench.Journals, asker.Answered));
        return losses;
    }
}
