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
        => from items in Gen.Choose(1, 1000).ArrayOf().Where(items => items.Length > 0)
           from name in Gen.Elements("note", "other_event")
           select Make(items, name);

    public override byte[] Mend(byte[] input)
    {
        var mended = new MemoryStream(input.Length + 64);
        foreach (Range range in Split(input))
        {
            ReadOnlySpan<byte> line = input.AsSpan(range);
            if (line.Length <= TailBytes || !line.EndsWith("\"}"u8))
            {
                mended.Write(line);
            }
            else
            {
                Span<byte> digits = stackalloc byte[8];
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
                    throw new FuzzFailure($"written again a line is not the same: {reason}");
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

    private static byte[] Make(int[] items, string name)
    {
        var line = new JournalLine();
        var file = new MemoryStream();
        for (int i = 0; i < items.Length; i++)
            file.Write(line.Format(i + 1, DateTimeOffset.UnixEpoch.AddMinutes(items[i]), name, new JObject { ["item"] = items[i], ["request"] = new JObject { ["type"] = "suggest", ["id"] = $"{items[i]}", ["session"] = "s" }, ["text"] = "\u00e9" }));
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
