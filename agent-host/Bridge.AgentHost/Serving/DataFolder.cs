using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>The files of one host: journals and the note that says where it listens. One host at a time holds the folder.</summary>
public sealed class DataFolder : IDisposable
{
    private const string Prefix = "session-";
    private const string Suffix = ".jsonl";

    private readonly FileStream _lock;

    /// <exception cref="ContractException">The folder cannot be made or written, or another host holds it.</exception>
    public DataFolder(string path)
    {
        Root = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Sessions);
            _lock = new FileStream(Path.Combine(Root, "agent-host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ContractException(FaultCode.JournalUnwritable,
                $"cannot use the data folder {Root}: {e.Message} Is another agent-host running on it? Stop that one, or choose another folder with --data-folder.", e);
        }
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

    /// <summary>Takes a closed session's journal out of the way of the next session of that name. It is kept.</summary>
    public void MarkClosed(string session, DateTimeOffset now)
    {
        string stem = Path.Combine(Sessions, $"closed-{session}-{now.UtcDateTime:yyyyMMddTHHmmssfff}");
        string target = stem + Suffix;
        for (int i = 2; File.Exists(target); i++)
            target = $"{stem}-{i}{Suffix}";
        File.Move(JournalOf(session), target);
    }

    public void WriteEndpoint(string endpoint) => File.WriteAllText(EndpointFile, endpoint + "\n");

    public void Dispose()
    {
        File.Delete(EndpointFile);
        _lock.Dispose();
    }
}
