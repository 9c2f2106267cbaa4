using Bridge.Agents.Classifier;
using Bridge.Agents.Classifier.Crops;
using Bridge.Contracts;
using Bridge.Domain.Specimen;

namespace Bridge.AgentHost.Serving;

/// <summary>What a session asked to have scored, and the files of its crops beside its journal.</summary>
/// <param name="journalPath">The session's journal.</param>
internal sealed class SessionScoring(string journalPath, TimeProvider time)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(journalPath))!;
    private readonly HashSet<string> _ids = [];
    private List<ScoringJob> _waiting = [];

    /// <summary>The request with its items, where a Navigator file has them: the targets that lie on one of its maps.</summary>
    /// <exception cref="ContractException">The file cannot be read, or no target lies on a map.</exception>
    public static ScoreHolesRequest Resolved(ScoreHolesRequest request, Grid grid)
        => request.Path is { } path ? request with { Items = MapCrops.ItemsOn(path, item => grid.FindItem(item) is not null) } : request;

    /// <summary>Chooses a name for the crops and writes them, where they came with the request.</summary>
    /// <exception cref="ContractException">They cannot be written.</exception>
    public string Keep(string session, CropStack? crops)
    {
        string name = $"crops-{session}-{time.GetUtcNow().UtcDateTime:yyyyMMddTHHmmssfff}";
        for (int i = 2; _ids.Contains(name + ".npy") || File.Exists(Path.Combine(_folder, name + ".npy")); i++)
            name = $"crops-{session}-{time.GetUtcNow().UtcDateTime:yyyyMMddTHHmmssfff}-{i}";
        try
        {
            if (crops is not null)
                CropFile.Write(Path.Combine(_folder, name + ".npy"), crops);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContractException(FaultCode.JournalUnwritable, $"the crops could not be kept: {e.Message}", e);
        }
        return name + ".npy";
    }

    /// <summary>Takes a request in that is in the journal.</summary>
    /// <param name="seq">Its line.</param>
    public void Remember(JournalledExchange exchange, long seq)
    {
        if (exchange is not { Crops: { } file, Request: ScoreHolesRequest request } || exchange.Reply is FaultReply)
            return;
        var job = new ScoringJob(request.Session, $"score-{seq}", request.Items, Path.Combine(_folder, file), request.Path);
        _ids.Add(file);
        _ids.Add(job.File);
        _waiting.Add(job);
    }

    /// <summary>Leaves out what all scores are known of: after a journal was read.</summary>
    public void ForgetDone(ScoringProgress? progress) => _waiting = [.. _waiting.Where(job => progress?.IsWaiting(job.Items) == true)];

    public bool Knows(ScoringJob job) => _ids.Contains(job.File);

    public IReadOnlyList<ScoringJob> Take()
    {
        IReadOnlyList<ScoringJob> waiting = _waiting;
        _waiting = [];
        return waiting;
    }
}
