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
    private readonly HashSet<string> _ids = [], _told = [];
    private readonly SessionGreys _greys = new();
    private ScoringJob? _last;
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

    /// <summary>Takes in an exchange that is in the journal: a request to score, or its scores.</summary>
    /// <param name="seq">Its line.</param>
    /// <param name="grid">The session's targets; null where it has none.</param>
    public void Remember(JournalledExchange exchange, long seq, Grid? grid)
    {
        if (exchange.Request is ReportPredictionsRequest && exchange.Reply is not FaultReply && exchange.Message.RequestId.StartsWith(ScoringJob.IdPrefix, StringComparison.Ordinal))
            _told.Add(exchange.Message.RequestId);
        if (exchange is not { Crops: { } file, Request: ScoreHolesRequest request } || exchange.Reply is FaultReply)
            return;
        var job = new ScoringJob(request.Session, $"{ScoringJob.IdPrefix}{seq}", request.Items, Path.Combine(_folder, file), request.Path)
        {
            Views = [.. request.Items.Select(item => grid?.FindItem(item)?.Patch ?? -1)],
            Greys = _greys,
            Before = _last,
        };
        _ids.Add(file);
        _ids.Add(job.File);
        _last = job;
        _waiting.Add(job);
    }

    /// <summary>True if these scores are in the journal.</summary>
    public bool HasTold(string requestId) => _told.Contains(requestId);

    /// <summary>Leaves out what all scores are known of: after a journal was read.</summary>
    public void ForgetDone(ScoringProgress? progress) => _waiting = [.. _waiting.Where(job => progress?.IsWaiting(job.Items) == true && !Enumerable.Range(0, job.Chunks).All(chunk => _told.Contains(job.ChunkId(chunk))))];

    public bool Knows(ScoringJob job) => _ids.Contains(job.File);

    /// <summary>What waits, each with what was told of it until now.</summary>
    public IReadOnlyList<ScoringJob> Take()
    {
        IReadOnlyList<ScoringJob> waiting = [.. _waiting.Select(job => job with { Told = _told.Where(id => id.StartsWith(job.Id + ".", StringComparison.Ordinal)).ToHashSet() })];
        _waiting = [];
        return waiting;
    }
}
