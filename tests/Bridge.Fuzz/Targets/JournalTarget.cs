using System.Buffers.Text;
using System.Text;
using Bridge.AgentHost.Serving;
using Bridge.Contracts;
using Bridge.Domain.Journal;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json.Linq;

namespace Bridge.Fuzz.Targets;

/// <summary>Session journals, line by line, and the exchange that each line holds. A line that was read and is written again is the same event.</summary>
internal sealed class JournalTarget : FuzzTarget
{
    private const int TailBytes = 19;  // ,"crc":"01234567"}

    public override string Name => "journals";

    public override IReadOnlyList<string> Words => ["{\"seq\":", ",\"utc\":\"", ",\"event\":\"", ",\"crc\":\"", "\"}\n", "\"request\":", "\"reply\":", "exchange", "2026-01-01T00:00:00.000000Z", "\n", "{", "}", "[", "]", ":", ","];

    public override Gen<byte[]> Valid
        => from count in Gen.Choose(1, 6)
           from items in Gen.Choose(1, 1000).ArrayOf(count)
           select Make(items);

    public override byte[] Mend(byte[] input)
    {
        var mended = new MemoryStream(input.Length + 64);
        Span<byte> digits = stackalloc byte[8];
        foreach (Range range in Split(input))
        {
            ReadOnlySpan<byte> line = input.AsSpan(range);
            if (line.Length <= TailBytes || !line.EndsWith("\"}"u8))
            {
                mended.Write(line);
            }
            else
            {
                Utf8Formatter.TryFormat(Crc32C.Of(line[..^(TailBytes - 1)]), digits, out _, new System.Buffers.StandardFormat('x', 8));
                mended.Write(line[..^10]);
                mended.Write(digits);
                mended.Write("\"}"u8);
            }
            mended.WriteByte((byte)'\n');
        }
        return mended.ToArray();
    }

    public override string? Read(byte[] input)
    {
        try
        {
            var scan = new JournalScan("fuzz.jsonl", () => new MemoryStream(input));
            var line = new JournalLine();
            foreach (JournalEntry entry in scan.Entries())
            {
                byte[] again = [.. line.Format(entry.Seq, entry.Utc, entry.Event, entry.Payload)[..^1]];
                JournalEntry? back = JournalLine.Parse(again, out string reason);
                if (back is null || back.Seq != entry.Seq || back.Event != entry.Event || !JToken.DeepEquals(back.Payload, entry.Payload))
                    throw new FuzzFailure($"line {entry.Seq}, written again, is not the same: {Encoding.ASCII.GetString(again)}: {reason}");
                Exchange(entry);
            }
            return scan.GoodLength + scan.Torn.Length == input.Length ? null : throw new FuzzFailure($"{scan.GoodLength} and {scan.Torn.Length} of {input.Length} bytes were read");
        }
        catch (ContractException e)
        {
            return e.Message;
        }
    }

    /// <summary>Replay and doctor make an exchange of each entry; those of another kind are refused.</summary>
    private static void Exchange(JournalEntry entry)
    {
        try
        {
            JournalledExchange.From(entry);
        }
        catch (ContractException)
        {
            // Documented: the entry is no exchange. The journal itself is whole.
        }
    }

    private static byte[] Make(int[] items)
    {
        var line = new JournalLine();
        var file = new MemoryStream();
        for (int i = 0; i < items.Length; i++)
        {
            BridgeMessage message = new ReportSkippedRequest("s", items[i], SkipReason.Later).ToMessage($"{items[i]}");
            file.Write(line.Format(i + 1, DateTimeOffset.UnixEpoch.AddMinutes(items[i]), message.Type, JournalledExchange.ToPayload(message, new AckReply(i + 1), items[i] / 8.0)));
        }
        return file.ToArray();
    }

    private static List<Range> Split(byte[] input)
    {
        var lines = new List<Range>();
        foreach (Range range in input.AsSpan().Split((byte)'\n'))
            lines.Add(range);
        if (lines.Count > 0 && lines[^1].Start.Value == input.Length)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }
}
