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
    /// <summary>Crops that are scored and told at a time.</summary>
    public const int Chunk = 512;

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
