namespace Bridge.Agents.Alignment;

/// <summary>
/// Recursive least squares for the 2 x 2 response matrix A in "displacement = A · move", with forgetting, in information form: M is the sum of
/// move · moveᵀ, C the sum of displacement · moveᵀ, both discounted, and A = C M⁻¹. Displacements rather than positions, so that drift
/// does not add up.
/// </summary>
/// <param name="noisePx">Standard deviation of a measured position.</param>
public sealed class ResponseEstimate(double noisePx)
{
    /// <summary>Weight of what came before, for each new move: lenses drift and have hysteresis.</summary>
    private const double Forgetting = 0.95;

    /// <summary>A direction is known when its effect is so many times the noise.</summary>
    private const double KnownInNoise = 4;

    /// <summary>A displacement is a surprise if it is off by half of what was expected, and by so many times the noise.</summary>
    private const double SurpriseInNoise = 6, SurpriseShare = 0.5;

    private Matrix2 _information;
    private Matrix2 _cross;

    /// <summary>Takes in one move of the shift and what the beam did. What contradicts everything before replaces it.</summary>
    /// <returns>False if it did contradict.</returns>
    public bool Take(Xy move, Xy displacement)
    {
        if (move.Length == 0)
            return true;
        bool surprising = false;
        (Axis strong, Axis weak) = Axes();
        if (strong.IsKnown && weak.IsKnown)
        {
            Xy expected = Matrix * move;
            surprising = (displacement - expected).Length > SurpriseInNoise * noisePx + SurpriseShare * expected.Length;
        }
        double keep = surprising ? 0 : Forgetting;
        _information = keep * _information + Matrix2.Outer(move, move);
        _cross = keep * _cross + Matrix2.Outer(displacement, move);
        return !surprising;
    }

    /// <summary>The two directions along which the shift was changed most and least.</summary>
    public (Axis Strong, Axis Weak) Axes()
    {
        (double large, Xy largeAxis, double small, Xy smallAxis) = _information.Eigen();
        // What only rounding put there was never probed.
        return (Of(large, largeAxis), Of(small > 1e-12 * large ? small : 0, smallAxis));

        Axis Of(double sum, Xy direction)
        {
            double probed = Math.Sqrt(sum);
            Xy response = sum > 0 ? 1 / sum * (_cross * direction) : default;
            return new Axis(direction, probed, response, response.Length * probed > KnownInNoise * noisePx);
        }
    }

    /// <summary>
    /// The move that brings the beam nearest to <paramref name="errorPx"/> on average over what A may be: least of |error - A·move|² +
    /// 2·noise²·moveᵀ M⁻¹ move, the cautious control of Åström and Wittenmark, Adaptive Control, chapter 7. Both directions must be known.
    /// </summary>
    public Xy CautiousStep(Xy errorPx)
    {
        Matrix2 a = Matrix, at = a.Transposed;
        Matrix2 caution = 2 * noisePx * noisePx * _information.Inverse;
        return (at * a + caution).Inverse * (at * errorPx);
    }

    private Matrix2 Matrix => _cross * _information.Inverse;
}
