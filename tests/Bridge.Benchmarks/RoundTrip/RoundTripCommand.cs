using System.CommandLine;
using Bridge.Benchmarks.Measuring;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.RoundTrip;

/// <summary><c>roundtrip</c>: how long a request and its reply take between two processes, beside plain TCP and pyzmq.</summary>
internal static class RoundTripCommand
{
    private const int Rounds = 20;
    private const int StreamRounds = 5;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Round trips of each pair, 200 to 1 000 000.", DefaultValueFactory = _ => 10_000 };
        var messages = new Option<int>("--messages") { Description = "Messages one way of each pair, 500 to 10 000 000.", DefaultValueFactory = _ => 200_000 };
        var json = new Option<FileInfo?>("--json") { Description = "Also write the result to this file, as JSON." };
        InRange(count, 200, 1_000_000);
        InRange(messages, 500, 10_000_000);
        var command = new Command("roundtrip",
            $"A {Payload.Bytes}-byte request and a {Payload.Bytes}-byte reply between two processes on loopback: raw TCP, our DEALER and ROUTER, pyzmq's.\n" +
            $"All pairs run in turn, {Rounds} rounds, so that noise hits all alike; the ratio is the median over the rounds of p50 / p50 of raw TCP.\n" +
            "pyzmq takes part where python3-zmq is installed.") { count, messages, json };
        command.SetAction(parsed => Run(parsed.GetValue(count), parsed.GetValue(messages), parsed.GetValue(json)));
        return command;
    }

    private static int Run(int count, int messages, FileInfo? json)
    {
        var report = new Report("roundtrip", "pair", "p50 µs", "p99 µs", "worst µs", "p50 / raw TCP", "messages/s one way");
        string? python = PythonPingPong.FindPython();
        if (python is null)
            Console.WriteLine("No Python with pyzmq was found (python3-zmq): its pairs are left out.");
        var pairs = new List<IPingPong>();
        try
        {
            Start(pairs, python);
            Dictionary<IPingPong, List<Latency>> rounds = Measure(pairs, count / Rounds);
            foreach (IPingPong pair in pairs)
                Add(report, pair, rounds[pair], rounds[pairs[0]], StreamRate(pair, messages));
        }
        finally
        {
            foreach (IPingPong pair in pairs)
                pair.Dispose();
        }
        report.Print();
        report.Write(json);
        return 0;
    }

    private static void Start(List<IPingPong> pairs, string? python)
    {
        pairs.Add(new TcpPingPong(poll: false));
        pairs.Add(new TcpPingPong(poll: true));
        pairs.Add(new DealerPingPong("Bridge DEALER - Bridge ROUTER", OurRouter()));
        if (python is null)
            return;
        pairs.Add(new PythonPingPong("pyzmq DEALER - pyzmq ROUTER", python, TheirRouter(python)));
        pairs.Add(new DealerPingPong("Bridge DEALER - pyzmq ROUTER", TheirRouter(python)));
        pairs.Add(new PythonPingPong("pyzmq DEALER - Bridge ROUTER", python, OurRouter()));
    }

    private static ChildProcess OurRouter() => ChildProcess.Dotnet("Bridge.Benchmarks.dll", "echo", "router");

    private static ChildProcess TheirRouter(string python) => ChildProcess.Python(python, "zmq_echo.py");

    private static Dictionary<IPingPong, List<Latency>> Measure(List<IPingPong> pairs, int countOfRound)
    {
        // Until the compiler is done with both sides; it works in the background, so by count and by turns.
        for (int round = 0; round < 4; round++)
            pairs.ForEach(pair => pair.Ping(500));
        Dictionary<IPingPong, List<Latency>> rounds = pairs.ToDictionary(pair => pair, _ => new List<Latency>());
        for (int round = 0; round < Rounds; round++)
            pairs.ForEach(pair => rounds[pair].Add(pair.Ping(countOfRound)));
        return rounds;
    }

    /// <summary>The median of a few streams.</summary>
    private static double StreamRate(IPingPong pair, int messages)
    {
        double[] rates = [.. Enumerable.Range(0, StreamRounds).Select(_ => pair.Stream(messages / StreamRounds))];
        return Median(rates);
    }

    private static void Add(Report report, IPingPong pair, List<Latency> rounds, List<Latency> tcp, double perSecond)
    {
        var all = new Latency();
        rounds.ForEach(all.Add);
        double ratio = Median([.. rounds.Zip(tcp, (own, raw) => own.P50Us / raw.P50Us)]);
        report.Add(
            [pair.Name, Report.Number(all.P50Us), Report.Number(all.P99Us), Report.Number(all.WorstUs, "0"), Report.Number(ratio, "0.00"), Report.Number(perSecond, "0")],
            new JObject
            {
                ["pair"] = pair.Name,
                ["count"] = all.Count,
                ["p50_us"] = all.P50Us,
                ["p99_us"] = all.P99Us,
                ["worst_us"] = all.WorstUs,
                ["p50_ratio_to_tcp"] = ratio,
                ["messages_per_second"] = double.IsNaN(perSecond) ? null : perSecond,
            });
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static void InRange(Option<int> option, int min, int max) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < min || value > max))
            result.AddError($"{option.Name} must be {min} to {max}, got {value}");
    });
}
