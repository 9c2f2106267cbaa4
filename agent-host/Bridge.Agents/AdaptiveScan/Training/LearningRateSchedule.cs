namespace Bridge.Agents.AdaptiveScan.Training;

/// <summary>How the generator's learning rate goes.</summary>
public enum LearningRateSchedule
{
    /// <summary>Up within 3 % of the steps, then down to 0 along half a cosine.</summary>
    Cosine,

    /// <summary>A sawtooth between 0.2 and 1 with a period of 2/9 of the steps, under 0.75^(5 m / M) (Ede 2021, section 2.3).</summary>
    Cyclic,
}
