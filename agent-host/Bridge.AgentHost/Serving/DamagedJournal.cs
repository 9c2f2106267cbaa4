using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>A journal that could not be resumed, and when it is worth trying again: without a restart of the host, once somebody has put a copy in its
/// place, moved it away, or made room on the disk.</summary>
/// <param name="session">Its session.</param>
/// <param name="path">The journal.</param>
/// <param name="why">What requests to the session are answered with.</param>
internal sealed class DamagedJournal(string session, string path, ContractException why, TimeProvider time)
{
    /// <summary>Shortest time between two attempts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly (long, DateTime) _stamp = StampOf(path);
    private readonly long _since = time.GetTimestamp();

    public string Session => session;

    public ContractException Why => why;

    /// <summary>False once somebody has moved it away.</summary>
    public bool IsThere => File.Exists(path);

    /// <summary>True if the file is another now, or if it was not the file that failed.</summary>
    public bool MayBeMended() => StampOf(path) != _stamp || (why.Code != FaultCode.JournalCorrupt && time.GetElapsedTime(_since) >= Pause);

    private static (long Length, DateTime Written) StampOf(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;
}
