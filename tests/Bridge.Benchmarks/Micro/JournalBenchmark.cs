using BenchmarkDotNet.Attributes;
using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using Newtonsoft.Json.Linq;

namespace Bridge.Benchmarks.Micro;

/// <summary>One line of the journal on the disk, and the same without the flush: the difference is the disk's. In the temporary folder,
/// so TMPDIR chooses the disk.</summary>
public class JournalBenchmark
{
    private string _folder = "";
    private SessionJournal _flushed = null!;
    private SessionJournal _unflushed = null!;
    private JObject _payload = null!;

    [GlobalSetup]
    public void Create()
    {
        _folder = Directory.CreateTempSubdirectory("bridge-bench-").FullName;
        _flushed = SessionJournal.Create(Path.Combine(_folder, "flushed.jsonl"));
        string path = Path.Combine(_folder, "unflushed.jsonl");
        _unflushed = new SessionJournal(path, new Unflushed(new DiskJournalFile(path, FileMode.CreateNew)), length: 0, lastSeq: 0, TimeProvider.System);
        var request = new ReportCtfRequest("session-1", 1234, 4.75) { ClockMin = 123.5, FitScore = 0.09, DefocusUm = -1.25 };
        _payload = JournalledExchange.ToPayload(request.ToMessage(Ids.New()), new AckReply(77), atMin: 123.5);
    }

    [GlobalCleanup]
    public void Delete()
    {
        _flushed.Dispose();
        _unflushed.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public long AppendUnflushed() => _unflushed.Append(MessageTypes.ReportCtf, _payload);

    [Benchmark]
    public long Append() => _flushed.Append(MessageTypes.ReportCtf, _payload);

    private sealed class Unflushed(DiskJournalFile file) : IJournalFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long position) => file.Write(bytes, position % (1 << 20));  // the file stays small

        public void FlushToDisk()
        {
            // Left out: that is what is measured.
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Dispose() => file.Dispose();
    }
}
