namespace Bridge.Agents.Alignment;

/// <summary>Chooses shifts. One instance serves one alignment, called by one thread at a time. What holds for all of them (tolerance, limits, lost
/// beams, number of steps) is <see cref="BeamAlignment"/>'s.</summary>
public interface IAlignmentPolicy
{
    /// <summary>Name by which it is chosen.</summary>
    string Name { get; }

    /// <summary>The next shift, or why there is none. The beam was just seen, and is not at the goal. Changes nothing.</summary>
    AlignmentResult Next(AlignmentState state);

    /// <summary>Told once for every observation, found or not, after it is in <paramref name="state"/>.</summary>
    void Observe(AlignmentState state);
}
