using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace Bridge.Fuzz;

/// <summary>
/// Executes one target again and again: valid input made by FsCheck, and mutations of it. An input that is refused in other words than any before it has got to another
/// place in the reader, so it joins those that are mutated: a coverage that costs nothing. The same seed gives the same inputs.
/// </summary>
internal sealed class FuzzRun(FuzzTarget target, int seed, Findings findings)
{
    /// <summary>An execution that takes longer hangs: what takes a millisecond is given ten thousand.</summary>
    public static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(10);

    private const int FreshEvery = 8192, FreshCount = 64, MostKept = 4096, MostKinds = 100_000, LargestSize = 60;

    private readonly FuzzResult _result = new(target.Name);
    private readonly List<byte[]> _kept = [];
    private readonly HashSet<int> _outcomes = [];
    private byte[] _current = [];
    private long _startedAt;

    /// <param name="executions">How many.</param>
    /// <param name="progress">Called now and then with the result so far.</param>
    public FuzzResult Execute(long executions, Action<FuzzResult>? progress = null)
    {
        long began = Stopwatch.GetTimestamp();
        var worker = new Thread(() => Work(executions), maxStackSize: 1 << 20) { IsBackground = true, Name = "fuzz" };  // as small as a thread of SerialEM's
        worker.Start();
        while (!worker.Join(TimeSpan.FromMilliseconds(500)))
        {
            long started = Volatile.Read(ref _startedAt);
            if (started != 0 && Stopwatch.GetElapsedTime(started) > HangLimit)
            {
                _result.Hung++;
                findings.Keep(target.Name, "hung", _current, $"not over after {HangLimit}");
                break;  // the thread cannot be ended; it is left behind
            }
            _result.Took = Stopwatch.GetElapsedTime(began);
            progress?.Invoke(_result);
        }
        _result.Took = Stopwatch.GetElapsedTime(began);
        return _result;
    }

    private void Work(long executions)
    {
        // FNV-1a of the name: another sequence for each target, the same on every computer.
        uint hash = target.Name.Aggregate(2166136261u, (sum, letter) => (sum ^ letter) * 16777619u);
        var random = new Random(unchecked(seed ^ (int)hash));
        var mutator = new Mutator(random, target.Words, target.MostBytes);
        byte[][] fresh = [];
        for (long i = 0; i < executions && _result.Hung == 0; i++)
        {
            if (i % FreshEvery == 0)
            {
                fresh = [.. target.Valid.Sample(random.Next(1, LargestSize), new Rnd((ulong)random.NextInt64()), FreshCount)];
                foreach (byte[] valid in fresh.TakeWhile(_ => i < executions))
                {
                    One(valid, isValid: true);
                    i++;
                }
            }
            byte[] input = mutator.Mutate(Pick(random, fresh), Pick(random, fresh));
            One(random.Next(2) == 0 ? target.Mend(input) : input, isValid: false);
        }
    }

    private byte[] Pick(Random random, byte[][] fresh)
        => _kept.Count > 0 && random.Next(2) == 0 ? _kept[random.Next(_kept.Count)] : fresh[random.Next(fresh.Length)];

    private void One(byte[] input, bool isValid)
    {
        _current = input;
        findings.Note(input);
        long bytes = GC.GetAllocatedBytesForCurrentThread(), began = Stopwatch.GetTimestamp();
        Volatile.Write(ref _startedAt, began);
        _result.Tried++;
        try
        {
            string? refusal = target.Read(input);
            if (refusal is null)
                _result.Accepted++;
            else
                _result.Refused++;
            if (isValid && refusal is not null)
                throw new FuzzFailure($"valid input was refused: {refusal}");
            Learn(input, refusal);
        }
        catch (Exception e)  // whatever it is, it is what we are looking for
        {
            _result.Crashed++;
            findings.Keep(target.Name, "crashed", input, e.ToString());
        }
        Volatile.Write(ref _startedAt, 0);
        _result.Longest = TimeSpan.FromTicks(Math.Max(_result.Longest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        _result.MostBytes = Math.Max(_result.MostBytes, bytes);
        if (bytes > target.MostMemory)
        {
            _result.TooLarge++;
            findings.Keep(target.Name, "memory", input, $"{bytes >> 20} MiB were allocated, the limit is {target.MostMemory >> 20} MiB");
        }
    }

    private void Learn(byte[] input, string? refusal)
    {
        if (refusal is null || _outcomes.Count >= MostKinds || !_outcomes.Add(KindOf(refusal)))
            return;
        _result.Outcomes++;
        if (_kept.Count < MostKept)
            _kept.Add(input);
    }

    /// <summary>The words of a refusal without what it quotes: numbers and names differ each time.</summary>
    private static int KindOf(string refusal)
    {
        uint hash = 2166136261u;
        bool quoted = false;
        foreach (char letter in refusal.AsSpan(0, Math.Min(refusal.Length, 200)))
        {
            quoted ^= letter == '\'';
            if (!quoted && letter is >= 'a' and <= 'z')
                hash = (hash ^ letter) * 16777619u;
        }
        return (int)hash;
    }
}
