using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.Domain.Journal;

/// <summary>
/// The journal of one session: JSON Lines, only ever appended to, each line with a sequence number and a CRC-32C (form: README.md of this
/// project). An entry is on the disk when <see cref="Append"/> returns, and the name of a new journal when <see cref="Create"/> does. Used by
/// one thread at a time, open in one process at a time.
/// </summary>
public sealed class SessionJournal : IDisposable
{
    private readonly IJournalFile _file;
    private readonly TimeProvider _clock;
    private readonly JournalLine _line = new();
    private long _length;
    private bool _broken;

    internal SessionJournal(string path, IJournalFile file, long length, long lastSeq, TimeProvider clock)
        => (Path, _file, _length, LastSeq, _clock) = (path, file, length, lastSeq, clock);

    public string Path { get; }

    /// <summary>Sequence number of the last entry; 0 in an empty journal.</summary>
    public long LastSeq { get; private set; }

    /// <summary>Where the bytes of a torn last line were put when the journal was opened; null if there was none.</summary>
    public string? TornPath { get; private init; }

    /// <summary>A new, empty journal.</summary>
    /// <exception cref="ContractException"><see cref="FaultCode.JournalUnwritable"/>: it exists already, or cannot be created.</exception>
    public static SessionJournal Create(string path, TimeProvider? clock = null)
        => new(path, OpenFile(path, FileMode.CreateNew), length: 0, lastSeq: 0, clock ?? TimeProvider.System);

    /// <summary>Opens a journal to go on with it. Every line is read and checked. A last line without line feed was cut short by a crash
    /// and never answered: its bytes are put aside in a <c>.torn</c> file and the journal is cut back to the line before. A last line with
    /// another byte in place of its line feed was answered: it is kept and mended.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="replay">Called with every entry, in order.</param>
    /// <param name="clock">The time of new entries; the system's by default.</param>
    /// <exception cref="ContractException"><see cref="FaultCode.JournalCorrupt"/> with the number of a damaged line;
    /// <see cref="FaultCode.UnreadableFile"/>; <see cref="FaultCode.JournalUnwritable"/>, for one because another process has it open.</exception>
    public static SessionJournal Open(string path, Action<JournalEntry>? replay = null, TimeProvider? clock = null)
    {
        if (!File.Exists(path))
            throw new ContractException(FaultCode.UnreadableFile, $"{path}: there is no such journal");
        IJournalFile file = OpenFile(path, FileMode.Open);
        try
        {
            var scan = new JournalScan(path);
            foreach (JournalEntry entry in scan.Entries())
                replay?.Invoke(entry);
            string? tornPath = scan.Torn.Length == 0 ? null : CutTornLine(path, file, scan);
            if (scan.LastFeedIsDamaged)
                MendLastFeed(path, file, scan);
            return new SessionJournal(path, file, scan.GoodLength, scan.LastSeq, clock ?? TimeProvider.System) { TornPath = tornPath };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes one entry and returns its sequence number when it is on the disk.</summary>
    /// <param name="eventName">What happened.</param>
    /// <param name="payload">Fields of the line; none may be called seq, utc, event or crc, nor be nested deeper than 40 levels.</param>
    /// <exception cref="ContractException"><see cref="FaultCode.JournalUnwritable"/>: nothing was kept; the next attempt may succeed, for
    /// one when the disk has room again. <see cref="FaultCode.TooLarge"/>: the line would be longer than a reader takes.</exception>
    public long Append(string eventName, JObject payload)
    {
        if (_broken && !TryCutBack())
            throw new ContractException(FaultCode.JournalUnwritable, $"{Path}: an earlier failure left half a line at the journal's end, and it cannot be taken back yet; see that the disk works, then try again");
        ReadOnlySpan<byte> line = _line.Format(LastSeq + 1, _clock.GetUtcNow(), eventName, payload);
        if (line.Length > JournalLine.MaxBytes)
            throw new ContractException(FaultCode.TooLarge, $"{Path}: one event has {line.Length} bytes, the limit is {JournalLine.MaxBytes}");
        try
        {
            _file.Write(line, _length);
            _file.FlushToDisk();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryCutBack();
            throw Unwritable(Path, e);
        }
        _length += line.Length;
        return ++LastSeq;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Takes back what a failed write may have left, so that the file ends in a whole line again. Until that is done nothing may be written.</summary>
    private bool TryCutBack()
    {
        try
        {
            _file.Truncate(_length);
            _broken = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _broken = true;  // the caller gets the first failure; the next attempt tries again
        }
        return !_broken;
    }

    private static void MendLastFeed(string path, IJournalFile file, JournalScan scan)
    {
        try
        {
            file.Write("\n"u8, scan.GoodLength - 1);
            file.FlushToDisk();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    private static string CutTornLine(string path, IJournalFile file, JournalScan scan)
    {
        try
        {
            string tornPath = path + ".torn";
            for (int i = 2; File.Exists(tornPath); i++)
                tornPath = $"{path}.torn{i}";
            using (var torn = new FileStream(tornPath, FileMode.CreateNew, FileAccess.Write))
            {
                torn.Write(scan.Torn);
                torn.Flush(flushToDisk: true);
            }
            FolderNames.Flush(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(tornPath))!);
            file.Truncate(scan.GoodLength);
            file.FlushToDisk();
            return tornPath;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    private static DiskJournalFile OpenFile(string path, FileMode mode)
    {
        try
        {
            return new DiskJournalFile(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unwritable(path, e);
        }
    }

    private static ContractException Unwritable(string path, Exception e)
        => new(FaultCode.JournalUnwritable, $"{path}: the journal cannot be written: {e.Message.TrimEnd('.')}; free disk space or check the folder's rights, then try again", e);
}
