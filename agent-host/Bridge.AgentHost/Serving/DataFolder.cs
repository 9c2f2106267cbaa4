using System.Globalization;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>The files of one host: journals and the note that says where it listens. One host at a time holds the folder.</summary>
public sealed class DataFolder : IDisposable
{
    private const string Prefix = "session-";
    private const string Suffix = ".jsonl";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";

    private readonly FileStream _lock;

    /// <exception cref="ContractException">The folder cannot be made or written, or another host holds it.</exception>
    public DataFolder(string path)
    {
        Root = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Sessions);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unwritable(e);
        }
        string held = Path.Combine(Root, "agent-host.lock");
        try
        {
            _lock = new FileStream(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(held))
        {
            throw new ContractException(FaultCode.JournalUnwritable,
                $"cannot use the data folder {Root}: another agent-host runs on it ({e.Message}) Use or stop that one, or choose another folder with --data-folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unwritable(e);
        }
        LastHostWasKilled = File.Exists(EndpointFile);
    }

    public string Root { get; }

    /// <summary>Name of the folder in which alignments keep what they learned.</summary>
    public const string AlignmentsName = "alignments";

    /// <summary>Where alignments keep what they learned.</summary>
    public string Alignments => Path.Combine(Root, AlignmentsName);

    /// <summary>Where sessions keep the minutes of moves that they learned.</summary>
    public string Minutes => Path.Combine(Root, HostMinutes.FileName);

    /// <summary>Where journals lie, and images of scans.</summary>
    public string Sessions => Path.Combine(Root, "sessions");

    /// <summary>Where the running host listens, for clients that did not choose the port.</summary>
    public string EndpointFile => Path.Combine(Root, "endpoint.txt");

    /// <summary>Path of the journal of an open session. Ids are safe file names; see <see cref="Ids"/>.</summary>
    public string JournalOf(string session) => Path.Combine(Sessions, Prefix + session + Suffix);

    /// <summary>Ids of the sessions that were open when the last host went away.</summary>
    public IEnumerable<string> OpenSessions()
        => Directory.EnumerateFiles(Sessions, Prefix + "*" + Suffix)
            .Select(path => Path.GetFileName(path)[Prefix.Length..^Suffix.Length])
            .Where(id => Ids.IsValid(id))
            .Order(StringComparer.Ordinal);

    /// <summary>The journal of the session of this name that was closed last; null if there is none.</summary>
    public string? LastClosed(string session)
    {
        string stem = $"closed-{session}-";
        // Of sessions "a" and "a-b" one name begins with the other: after the stem there is a time and nothing else of letters but its T.
        return Directory.EnumerateFiles(Sessions, stem + "*" + Suffix)
            .Where(path => DateTime.TryParseExact(Path.GetFileName(path).AsSpan(stem.Length, Math.Min(TimeFormat.Length - 2, Path.GetFileName(path).Length - stem.Length)), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .MaxBy(File.GetLastWriteTimeUtc);
    }

    /// <summary>Takes a closed session's journal out of the way of the next session of that name. It is kept.</summary>
    public void MarkClosed(string session, DateTimeOffset now)
    {
        string stem = Path.Combine(Sessions, $"closed-{session}-{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}");
        string target = stem + Suffix;
        for (int i = 2; File.Exists(target); i++)
            target = $"{stem}-{i}{Suffix}";
        File.Move(JournalOf(session), target);
    }

    /// <summary>True if a host before this one did not end properly: it would have taken its note away.</summary>
    public bool LastHostWasKilled { get; }

    /// <exception cref="IOException">The disk is full or read-only.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, as other systems say it.</exception>
    public void WriteEndpoint(string endpoint) => File.WriteAllText(EndpointFile, endpoint + "\n");

    public void Dispose()
    {
        try
        {
            File.Delete(EndpointFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays, and the next host takes this one for killed.
        }
        _lock.Dispose();
    }

    private ContractException Unwritable(Exception why) => new(FaultCode.JournalUnwritable,
        $"cannot write to the data folder {Root}: {why.Message} Make room on the disk or mend the folder's permissions, or choose another with --data-folder.", why);
}
