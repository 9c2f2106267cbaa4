using System.Globalization;

namespace Bridge.Agents.Alignment;

/// <summary>
/// Learns the response matrix A in "displacement = A · change of shift" while it aligns, by <see cref="ResponseEstimate"/>, and knows nothing in
/// advance. Directions of the shift whose effect is not known yet are probed, with growing shifts until the beam visibly moves; where the
/// effect is known it goes towards the goal, cautiously as long as it is known poorly.
/// </summary>
public sealed class LeastSquaresPolicy(AlignmentSettings settings) : IAlignmentPolicy
{
    /// <summary>A measured position is taken to be this accurate (standard deviation, as a fraction of the tolerance).</summary>
    private const double NoiseOfTolerance = 1 / 3.0;

    /// <summary>A probe is meant to move the beam by so many times the noise.</summary>
    private const double ProbeInNoise = 60;

    /// <summary>A probe that moved nothing is followed by one so many times longer.</summary>
    private const double Growth = 4;

    /// <summary>A direction that was probed over so many longest steps without a visible effect is dead.</summary>
    private const double DeadInSteps = 1.5;

    /// <summary>Times that the beam may move in a way that contradicts everything before.</summary>
    private const int MostSurprises = 3;

    private readonly double _noisePx = NoiseOfTolerance * settings.Tolerance;
    private readonly ResponseEstimate _response = new(NoiseOfTolerance * settings.Tolerance);
    private int _surprises;

    /// <summary>What it knows of the response.</summary>
    public ResponseEstimate Response => _response;

    public string Name => AlignmentPolicies.LeastSquares;

    public void Observe(AlignmentState state)
    {
        if (!state.IsLost && !_response.Take(state.LastMove, state.LastDisplacement))
            _surprises++;
    }

    public AlignmentResult Next(AlignmentState state)
    {
        if (_surprises >= MostSurprises)
            return new AlignmentResult.GiveUp($"the beam does not follow the shift: {_surprises} times it moved against what it did before");
        // A beam that was lost was moved too far.
        double longest = Math.Min(settings.MaxStep, settings.MaxShift) / Math.Pow(2, state.Lost);
        Xy error = settings.Goal - state.Seen!.Value;
        (Axis first, Axis second) = _response.Axes();
        if (second.IsKnown)
        {
            Xy step = _response.CautiousStep(error).AtMost(longest);
            return new AlignmentResult.Move(state.Shift + step, Invariant($"{error.Length:0.#} px to go"));
        }
        Axis unknown = first.IsKnown ? second : first;
        if (unknown.Probed > DeadInSteps * longest)
            return new AlignmentResult.GiveUp(Invariant($"the beam does not react to the shift along ({unknown.Direction.X:0.##}, {unknown.Direction.Y:0.##}), though it was changed by up to {Math.Min(unknown.Probed, longest):G3}"));
        Xy known = default;
        double length = Math.Max(settings.FirstShift, Growth * unknown.Probed);
        if (first.IsKnown)
        {
            // On the way: what is known goes towards the goal while the rest is probed.
            known = (error.Dot(first.Response) / first.Response.Dot(first.Response) * first.Direction).AtMost(0.7 * longest);
            // After a surprise farther than before: a lens with hysteresis hardly answers to a short probe.
            double visible = ProbeInNoise * _noisePx * Math.Pow(Growth, _surprises);
            length = Math.Max(Math.Min(length, visible / first.Response.Length), Growth * unknown.Probed);
        }
        return Probe(state, known, Math.Min(length, first.IsKnown ? 0.7 * longest : longest) * unknown.Direction);
    }

    /// <summary>Into the direction that stays nearer to the start, or into the other one after the beam was lost.</summary>
    private AlignmentResult Probe(AlignmentState state, Xy known, Xy probe)
    {
        if (probe.Dot(state.Shift + known) > 0)
            probe = -1 * probe;
        if (state.Lost % 2 == 1)
            probe = -1 * probe;
        foreach (Xy step in (ReadOnlySpan<Xy>)[known + probe, known - probe, probe, -1 * probe])
        {
            if ((state.Shift + step).Length <= settings.MaxShift)
                return new AlignmentResult.Move(state.Shift + step, "to see how the beam reacts");
        }
        return new AlignmentResult.GiveUp(Invariant($"no room is left to see how the beam reacts: the shift is at {state.Shift.X:G4}, {state.Shift.Y:G4}, the longest allowed is {settings.MaxShift:G4}"));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
