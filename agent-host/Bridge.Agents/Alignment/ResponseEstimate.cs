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

    /// <summary>A move that is known to lead so many times farther from the goal is not made.</summary>
    private const double MostAway = 1.5;

    private Matrix2 _information;
    private Matrix2 _cross;

    /// <summary>True if the effect of every direction of the shift is known.</summary>
    public bool IsKnown => Axes().Second.IsKnown;

    /// <summary>Takes in one move of the shift and what the beam did. What contradicts everything before replaces it.</summary>
    /// <returns>False if it did contradict.</returns>
    public bool Take(Xy move, Xy displacement)
    {
        if (move.Length == 0)
            return true;
        bool surprising = false;
        (_, Axis second) = Axes();
        if (second.IsKnown)
        {
            Xy expected = Matrix * move;
            surprising = (displacement - expected).Length > SurpriseInNoise * noisePx + SurpriseShare * expected.Length;
        }
        double keep = surprising ? 0 : Forgetting;
        _information = keep * _information + Matrix2.Outer(move, move);
        _cross = keep * _cross + Matrix2.Outer(displacement, move);
        return !surprising;
    }

    /// <summary>Two directions of the shift at right angles, what is known first: those of greatest and least effect, or, as long as the shift was only
    /// changed along one line, that line and the one across.</summary>
    public (Axis First, Axis Second) Axes()
    {
        (double large, Xy largeAxis, double small, Xy smallAxis) = _information.Eigen();
        // What only rounding put there was never probed.
        if (small <= 1e-12 * large)
            return (Of(largeAxis, Math.Sqrt(large), large > 0 ? 1 / large * (_cross * largeAxis) : default), new Axis(smallAxis, 0, default, false));
        Matrix2 a = Matrix, inverse = _information.Inverse;
        (_, Xy strong, _, Xy weak) = (a.Transposed * a).Eigen();
        Axis first = Of(strong, Probed(inverse, strong), a * strong), second = Of(weak, Probed(inverse, weak), a * weak);
        return first.IsKnown || !second.IsKnown ? (first, second) : (second, first);

        static double Probed(Matrix2 inverse, Xy direction) => 1 / Math.Sqrt(direction.Dot(inverse * direction));

        Axis Of(Xy direction, double probed, Xy response) => new(direction, probed, response, response.Length * probed > KnownInNoise * noisePx);
    }

    /// <summary>Checks a move as far as one direction is known: where that part of it alone would take the beam much farther from the goal than it is, it is replaced by the
    /// part that is best. What is not known stays as it is.</summary>
    /// <param name="errorPx">From the beam to the goal.</param>
    public Xy Checked(Xy errorPx, Xy move)
    {
        Axis first = Axes().First;
        double along = move.Dot(first.Direction);
        if (!first.IsKnown || (errorPx - along * first.Response).Length <= MostAway * errorPx.Length)
            return move;
        return move + (errorPx.Dot(first.Response) / first.Response.Dot(first.Response) - along) * first.Direction;
    }

    /// <summary>The distance in px that is expected to be left after a move. Both directions must be known.</summary>
    /// <param name="errorPx">From the beam to the goal.</param>
    public double Expect(Xy errorPx, Xy move) => (errorPx - Matrix * move).Length;

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
