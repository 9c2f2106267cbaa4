using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>How one alignment on a simulated microscope went.</summary>
/// <param name="IsAligned">True if the policy said so, and so it was within the tolerance and four times the noise.</param>
/// <param name="Steps">Shifts.</param>
/// <param name="Pictures">Pictures, late ones included.</param>
/// <param name="ErrorPx">True distance from the goal at the end.</param>
/// <param name="Farthest">Longest shift that was set.</param>
/// <param name="Why">The last answer.</param>
public sealed record AlignmentEpisode(bool IsAligned, int Steps, int Pictures, double ErrorPx, double Farthest, string Why)
{
    /// <summary>Plays one alignment to its end.</summary>
    /// <param name="noisePx">Standard deviation of a measured position.</param>
    /// <param name="moved">Told where the beam truly is after each shift.</param>
    public static AlignmentEpisode Play(DiffractionAlignment microscope, IAlignmentPolicy policy, AlignmentSettings settings, double noisePx, Action<Xy>? moved = null)
    {
        var alignment = new BeamAlignment(policy, settings);
        double farthest = 0;
        while (true)
        {
            alignment.Observe(microscope.Measure());
            AlignmentResult result = alignment.Next();
            alignment.Accept(result);
            double errorPx = (settings.Goal - microscope.Beam).Length;
            switch (result)
            {
                case AlignmentResult.Move move:
                    microscope.Set(move.Shift);
                    moved?.Invoke(microscope.Beam);
                    farthest = Math.Max(farthest, move.Shift.Length);
                    break;
                case AlignmentResult.Aligned aligned:
                    return new AlignmentEpisode(errorPx <= settings.Tolerance + 4 * noisePx, alignment.State.Steps, alignment.State.Pictures, errorPx, farthest, aligned.Why);
                case AlignmentResult.GiveUp giveUp:
                    return new AlignmentEpisode(false, alignment.State.Steps, alignment.State.Pictures, errorPx, farthest, giveUp.Why);
            }
        }
    }
}
