using Bridge.Contracts;

namespace Bridge.Domain.Journal;

/// <summary>Reads a journal without touching it, also while a session still writes it.</summary>
public static class JournalReader
{
    /// <summary>The entries, in order, read from disk as they are asked for. A last line without line feed is not an entry: it is being
    /// written, or a crash cut it short.</summary>
    /// <exception cref="ContractException">While reading: <see cref="FaultCode.UnreadableFile"/>, or <see cref="FaultCode.JournalCorrupt"/>
    /// with the number of the damaged line. Damaged are: a wrong check sum, no JSON, a gap or a repeat in the sequence.</exception>
    public static IEnumerable<JournalEntry> Read(string path) => new JournalScan(path).Entries();
}
