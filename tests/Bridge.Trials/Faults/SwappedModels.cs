using Bridge.Agents.Weights;
using Bridge.Contracts;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>The weights of a learned planner are replaced, damaged or taken away under the running host, which is then killed and started on what is there.</summary>
internal sealed class SwappedModels : IFault
{
    private const string Planner = "dqn";

    public string Name => "model-swapped";

    public string What => "weights cut, flipped, overwritten with noise or deleted under the running host, which is then killed and started on them";

    public int Usual => 60;

    public int Few => 3;

    public void Run(FaultRun run, Tally tally)
    {
        tally.Told = "host.log 3011, the session's warnings";
        string shipped = Path.Combine(ModelCard.ShippedFolder, Planner + ".safetensors");
        if (!File.Exists(shipped))
        {
            tally.Skipped = $"no weights of '{Planner}' came with the program";
            return;
        }
        byte[] whole = File.ReadAllBytes(shipped);
        string folder = Directory.CreateTempSubdirectory("bridge-model-").FullName, model = Path.Combine(folder, Planner + ".safetensors");
        try
        {
            File.WriteAllBytes(model, whole);
            File.Copy(Path.ChangeExtension(shipped, ".json"), Path.ChangeExtension(model, ".json"));
            using var bench = new FaultBench(run.Random.Next(), holes: 300, hostArguments: ["--model", $"{Planner}={model}"]);
            bench.BeginWatch();
            for (int i = 0; i < run.Tries && !run.Stop.IsCancellationRequested; i++)
            {
                int number = i;
                tally.Try(1, () => Swap(bench, model, whole, number, run.Random));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Swap(FaultBench bench, string model, byte[] whole, int number, Random random)
    {
        using var asker = bench.NewAsker();
        string session = $"swapped-{number}";
        double clockMin = 0;
        SessionOpenedReply opened = asker.Open(session, Planner);
        Require.That(opened.Planner == Planner, $"with whole weights the session got planner '{opened.Planner}': {string.Join("; ", opened.Warnings)}");
        Collect(asker, session, ref clockMin);
        try
        {
            Damage(model, whole, number % 4, random);
            Collect(asker, session, ref clockMin);  // what was read at the start is in memory
            bench.Host.Kill();
            bench.Host.Restart();
            bench.StopMustBeObeyed();
            bench.LogMustSay(" 3011 ");
            Collect(asker, session, ref clockMin);  // with another planner, but it goes on
            SessionOpenedReply warned = asker.Open(session + "-warned", Planner);
            Require.That(warned.Warnings.Count > 0, "a session that asked for damaged weights was not warned");
        }
        finally
        {
            File.WriteAllBytes(model, whole);
        }
        bench.Host.Kill();
        bench.Host.Restart();
        Collect(asker, session, ref clockMin);
        asker.Ask<SessionClosedReply>(new CloseSessionRequest(session));
        asker.Ask<SessionClosedReply>(new CloseSessionRequest(session + "-warned"));
        Require.Soon(() => !File.Exists(bench.JournalOf(session)) && !File.Exists(bench.JournalOf(session + "-warned")), TimeSpan.FromSeconds(20), "a closed journal was not put away");
        return JournalJudge.Judge(bench.Journals.Where(path => path.Contains(session, StringComparison.Ordinal)), asker.Answered);
    }

    private static void Collect(Asker asker, string session, ref double clockMin)
    {
        for (int hole = 0; hole < 4; hole++)
        {
            if (asker.Suggest(session, ref clockMin) is { } item)
                asker.Report(session, item, clockMin);
        }
    }

    private static void Damage(string model, byte[] whole, int how, Random random)
    {
        byte[] damaged = [.. whole];
        switch (how)
        {
            case 0:
                File.WriteAllBytes(model, damaged.AsSpan(0, random.Next(damaged.Length)));
                break;
            case 1:
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(model, damaged);
                break;
            case 2:
                random.NextBytes(damaged);
                File.WriteAllBytes(model, damaged);
                break;
            default:
                File.Delete(model);
                break;
        }
    }
}
