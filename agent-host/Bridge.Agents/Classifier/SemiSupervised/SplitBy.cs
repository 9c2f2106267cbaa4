namespace Bridge.Agents.Classifier.SemiSupervised;

/// <summary>What goes whole to training or to validation.</summary>
public enum SplitBy
{
    /// <summary>A hole, as it must be in SSL²-RL: 6 489 of 8 653 holes is three quarters to the hole, and squares do not come in such numbers.</summary>
    Hole,

    /// <summary>A square: nothing is asked of a square that was learned from.</summary>
    Square,
}
