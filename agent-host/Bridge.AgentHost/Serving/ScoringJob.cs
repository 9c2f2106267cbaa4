using Bridge.Agents.Classifier;
using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>Holes of a session that wait for their scores.</summary>
/// <param name="Id">Begins the request ids under which the scores are told; unique in the session.</param>
/// <param name="Items">In the order of the crops.</param>
/// <param name="File">Where the crops lie, or will lie once they are cut.</param>
/// <param name="Navigator">Path of the Navigator file whose maps they are cut from where the file is not there; null if they came with the request.</param>
public sealed record ScoringJob(string Session, string Id, IReadOnlyList<int> Items, string File, string? Navigator)
{
    /// <summary>The view (patch) that each item lies in; fewer where it is not known: then all are of one.</summary>
    public IReadOnlyList<int> Views { get; init; } = [];

    /// <summary>Grey values of the session, which its requests share. Only the classifier's thread touches it.</summary>
    public SessionGreys Greys { get; init; } = new();

    /// <summary>The session's request before this one, whose crops count in its grey values; null of the first.</summary>
    public ScoringJob? Before { get; init; }

    /// <summary>Request ids of chunks whose scores are in the journal already.</summary>
    public IReadOnlySet<string> Told { get; init; } = new HashSet<string>();

    /// <summary>What the ids of jobs begin with.</summary>
    public const string IdPrefix = "score-";

    /// <summary>Crops that are scored and told at a time.</summary>
    public const int Chunk = 512;

    public int Chunks => (Items.Count + Chunk - 1) / Chunk;

    /// <summary>The request id of a chunk.</summary>
    /// <param name="chunk">From 0.</param>
    public string ChunkId(int chunk) => $"{Id}.{chunk}";

    /// <summary>Scores as the session's own message.</summary>
    /// <param name="from">Position of the first score.</param>
    public BridgeMessage Message(int from, ReadOnlySpan<HoleScore> scores, Func<int, bool> isThere)
    {
        var predictions = new List<Prediction>(scores.Length);
        for (int i = 0; i < scores.Length; i++)
        {
            if (isThere(from + i))
                predictions.Add(new Prediction(Items[from + i]) { CtfA = Math.Round(scores[i].CtfA, 3), Probability = Math.Round(scores[i].Probability, 4) });
        }
        return new ReportPredictionsRequest(Session, predictions).ToMessage(ChunkId(from / Chunk));
    }
}
