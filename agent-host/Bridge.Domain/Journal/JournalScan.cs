using Bridge.Contracts;

namespace Bridge.Domain.Journal;

/// <summary>Reads a journal from its start, line by line in bounded memory, and checks every line.</summary>
/// <param name="path">The journal, also for refusals.</param>
/// <param name="open">Opens it; by default the file.</param>
internal sealed class JournalScan(string path, Func<Stream>? open = null)
{
    private long _number;

    /// <summary>Sequence number of the last entry read, 0 before the first.</summary>
    public long LastSeq => _number;

    /// <summary>Length in bytes of the lines read so far, line feeds included.</summary>
    public long GoodLength { get; private set; }

    /// <summary>Bytes of a last line that has no line feed: what a crash in the middle of a write leaves. Empty if there is none.</summary>
    public byte[] Torn { get; private set; } = [];

    /// <summary>True if the last line is whole but for its line feed, in whose place another byte stands. A crash only ever cuts a line short: this
    /// is a damaged byte, and what the line tells was answered. It is an entry like the others, and <see cref="GoodLength"/> counts the damaged byte.</summary>
    public bool LastFeedIsDamaged { get; private set; }

    /// <exception cref="ContractException">The file cannot be read, or a line in it is damaged.</exception>
    public IEnumerable<JournalEntry> Entries()
    {
        using Stream stream = Open();
        byte[] buffer = new byte[1 << 16];
        int start = 0, end = 0;
        while (true)
        {
            int feed = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                yield return Check(buffer.AsSpan(start, feed));
                start += feed + 1;
                GoodLength += feed + 1;
                continue;
            }
            if (end - start > JournalLine.MaxBytes)
                throw Corrupt("it is longer than any line that was ever written");
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            int read = Read(stream, buffer.AsSpan(end));
            if (read == 0)
                break;
            end += read;
        }
        if (end > 1 && JournalLine.Parse(buffer.AsSpan(0, end - 1), out _) is not null)
        {
            LastFeedIsDamaged = true;
            yield return Check(buffer.AsSpan(0, end - 1));
            GoodLength += end;
            end = 0;
        }
        Torn = buffer[..end];
    }

    private JournalEntry Check(ReadOnlySpan<byte> line)
    {
        JournalEntry entry = JournalLine.Parse(line, out string reason) ?? throw Corrupt(reason);
        if (entry.Seq != _number + 1)
            throw Corrupt($"its sequence number is {entry.Seq} where {_number + 1} should stand, so lines are missing or repeated");
        _number++;
        return entry;
    }

    private ContractException Corrupt(string reason) => new(FaultCode.JournalCorrupt,
        $"{path} line {_number + 1}: the journal is damaged: {reason}; put back a copy of the file, or set it aside and open a new session");

    private Stream Open()
    {
        try
        {
            return open is not null ? open() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(e);
        }
    }

    private int Read(Stream stream, Span<byte> into)
    {
        try
        {
            return stream.Read(into);
        }
        catch (IOException e)
        {
            throw Unreadable(e);
        }
    }

    private ContractException Unreadable(Exception e) => new(FaultCode.UnreadableFile, $"{path}: the journal cannot be read: {e.Message}", e);
}
