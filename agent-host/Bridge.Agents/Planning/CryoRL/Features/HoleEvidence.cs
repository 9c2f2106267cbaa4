namespace Bridge.Agents.Planning.CryoRL.Features;

/// <summary>As what a learner sees the classifier's opinion of a hole.</summary>
public enum HoleEvidence
{
    /// <summary>As the calibrated probability that it is good.</summary>
    Probabilities,

    /// <summary>As the yes or no of Table 1: 1 where it is called good, else 0.</summary>
    Calls,
}
