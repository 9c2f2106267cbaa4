using System.Security.Cryptography;
using Bridge.Agents.Alignment;
using Bridge.Agents.Alignment.Instrument;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// What alignment sessions get: the usual policy, and what <c>sac</c> learned in earlier sessions of the same name. That is in a folder for each name:
/// <c>latest.safetensors</c>, and the ones before it under the first digits of their SHA-256, by which journals name them.
/// </summary>
/// <param name="usual">Policy of sessions that do not ask for one.</param>
/// <param name="folder">Where learned weights lie; null keeps none.</param>
/// <param name="inBackground">Learn beside the answers; else only when asked, for replays.</param>
public sealed class HostAlignments(string usual, string? folder, bool inBackground)
{
    /// <summary>Older weights that are kept for each name.</summary>
    public const int MostKept = 10;

    private const string Latest = "latest", Suffix = ".safetensors";
    private const int Digits = 16;

    /// <summary>The default policy, and nothing is kept.</summary>
    public static HostAlignments WithoutFiles { get; } = new(AlignmentPolicies.Default, null, inBackground: true);

    /// <summary>The policy that a request gets.</summary>
    /// <exception cref="ContractException">There is none of that name for a session.</exception>
    public string PolicyOf(BeginAlignmentRequest request)
    {
        string name = request.Policy ?? usual;
        return AlignmentPolicies.Served.Contains(name)
            ? name
            : throw new ContractException(FaultCode.UnknownPolicy, $"there is no policy '{name}' for an alignment; choose {string.Join(", ", AlignmentPolicies.Served)}");
    }

    /// <summary>A learner for a session. Weights that cannot be used end no night: those before them serve, or it begins anew.</summary>
    /// <param name="weights">Digits of what it shall go on from; null takes the latest, empty none. If they are not there any more, the latest.</param>
    /// <returns>The learner; the digits of what it goes on from, null if it begins anew; and why it is not what it should be, null if it is.</returns>
    public (SacLearner Learner, string? Weights, string? Trouble) Learner(string session, AlignmentSettings settings, string? weights)
    {
        string? trouble = null;
        foreach (string path in folder is null || weights == "" ? [] : Candidates(session, weights))
        {
            try
            {
                return (SacLearner.Read(path, seed: 0, inBackground), DigitsOf(path), trouble is null ? null : $"{trouble}; it goes on from {Path.GetFileName(path)}");
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                trouble ??= $"what it learned before cannot be used: {e.Message}";
            }
        }
        return (SacLearner.New(settings, seed: 0, inBackground), null, trouble is null ? null : $"{trouble}; it begins anew");
    }

    /// <summary>Keeps what a session learned for the next one of its name.</summary>
    /// <returns>The file, or null where none is kept.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string? Keep(string session, SacLearner learner)
    {
        if (folder is null)
            return null;
        string own = FolderOf(session), latest = Path.Combine(own, Latest + Suffix);
        Directory.CreateDirectory(own);
        if (File.Exists(latest))
            File.Copy(latest, Path.Combine(own, DigitsOf(latest) + Suffix), overwrite: true);
        learner.Save(latest);
        foreach (FileInfo old in Older(own).Skip(MostKept))
            old.Delete();
        return latest;
    }

    private static string DigitsOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..Digits];
    }

    private static IEnumerable<FileInfo> Older(string own)
        => new DirectoryInfo(own).EnumerateFiles("*" + Suffix).Where(file => file.Name != Latest + Suffix).OrderByDescending(file => file.LastWriteTimeUtc);

    /// <summary>The weights that were asked for, the latest, then those before it, the newest first.</summary>
    private IEnumerable<string> Candidates(string session, string? weights)
    {
        string own = FolderOf(session), latest = Path.Combine(own, Latest + Suffix);
        if (weights is { Length: Digits } && weights.All(char.IsAsciiHexDigitLower) && Path.Combine(own, weights + Suffix) is { } asked && File.Exists(asked))
            yield return asked;
        if (File.Exists(latest))
            yield return latest;
        if (Directory.Exists(own))
        {
            foreach (FileInfo older in Older(own))
                yield return older.FullName;
        }
    }

    private string FolderOf(string session) => Path.Combine(folder!, $"sac-{session}");
}
