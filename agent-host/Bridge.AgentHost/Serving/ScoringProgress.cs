using Bridge.Contracts;

namespace Bridge.AgentHost.Serving;

/// <summary>How far the scoring of a session's holes is. Follows from the journal, but for the reason of a failure.</summary>
public sealed class ScoringProgress
{
    private readonly HashSet<int> _asked = [], _told = [];

    /// <summary>Why the last request gave nothing; null if it did.</summary>
    public string? WhyNot { get; set; }

    /// <summary>Holes that were to be scored, and those of them that have a prediction now.</summary>
    public (int Asked, int Scored) Counts => (_asked.Count, _asked.Count(_told.Contains));

    /// <summary>For a person; empty where nothing was asked.</summary>
    public string Sentence
    {
        get
        {
            (int asked, int scored) = Counts;
            return asked == 0 ? "" : $"scores: {scored} of {asked} holes have theirs{(WhyNot is { } why ? $"; {why}" : scored < asked ? ", the others are being scored or show nothing" : "")}";
        }
    }

    /// <summary>True if one of these holes has no prediction since it was asked for.</summary>
    public bool IsWaiting(IReadOnlyList<int> items)
    {
        foreach (int item in items)
        {
            if (!_told.Contains(item))
                return true;
        }
        return false;
    }

    public void Ask(IReadOnlyList<int> items)
    {
        WhyNot = null;
        foreach (int item in items)
        {
            _asked.Add(item);
            _told.Remove(item);
        }
    }

    public void Tell(IReadOnlyList<Prediction> predictions)
    {
        foreach (Prediction prediction in predictions)
            _told.Add(prediction.Item);
    }
}
