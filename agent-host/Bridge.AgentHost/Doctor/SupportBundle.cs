using System.IO.Compression;
using System.Text;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Doctor;

/// <summary>A zip file for whoever helps: what doctor found, the logs, the settings, and the names and sizes of the journals. No journal itself and no image: a scan's journal
/// holds what the microscope saw.</summary>
internal static class SupportBundle
{
    private const int MaxLogBytes = 2 * 1024 * 1024;

    private static readonly string[] Files = ["host.log", "host.1.log", "plugin.log", "plugin.1.log", "agent-host.json", "endpoint.txt"];

    /// <param name="path">The zip file; replaced if it is there.</param>
    /// <exception cref="ContractException">It cannot be written.</exception>
    public static void Write(string path, string dataFolder, JObject findings)
    {
        try
        {
            using FileStream file = File.Create(path);
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            Add(zip, "doctor.json", findings.ToString());
            foreach (string name in Files)
                AddFile(zip, Path.Combine(dataFolder, name));
            Add(zip, "journals.txt", Journals(Path.Combine(dataFolder, "sessions")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ContractException(FaultCode.UnreadableFile, $"cannot write the bundle {path}: {e.Message} Choose another file with --bundle.", e);
        }
    }

    private static void AddFile(ZipArchive zip, string path)
    {
        if (!File.Exists(path))
            return;
        // Shared with a running host, which goes on writing; its end is what matters.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, MaxLogBytes), SeekOrigin.End);
        using Stream entry = zip.CreateEntry(Path.GetFileName(path)).Open();
        file.CopyTo(entry);
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Journals(string folder)
    {
        if (!Directory.Exists(folder))
            return "no sessions so far\n";
        var text = new StringBuilder();
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
            text.Append(file.Name).Append('\t').Append(file.Length).Append('\t').AppendLine(file.LastWriteTimeUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
