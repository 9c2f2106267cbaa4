namespace Bridge.Agents.Alignment.Simulation;

/// <summary>
/// What a lens does with the shift that it is told: a share of it follows through backlashes of rising width (Prandtl and Ishlinskii's form of Preisach's
/// model: a mean of play operators), so that the response to a reversal lags, the more the shorter the way back.
/// </summary>
internal sealed class LensHysteresis
{
    private const int Plays = 4;

    private readonly double _share, _width;
    private readonly Xy[] _plays = new Xy[Plays];

    /// <param name="share">Of the shift that lags, 0 to 1.</param>
    /// <param name="width">Of the largest backlash, in units of shift.</param>
    /// <param name="random">Says where the lens was before.</param>
    public LensHysteresis(double share, double width, Random random)
    {
        (_share, _width) = (share, width);
        for (int i = 0; i < Plays; i++)
            _plays[i] = HalfWidth(i) * new Xy(2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
    }

    /// <summary>The shift that a lens without hysteresis would have to be told for the same effect.</summary>
    public Xy Follow(Xy shift)
    {
        Xy sum = default;
        for (int i = 0; i < Plays; i++)
        {
            double half = HalfWidth(i);
            _plays[i] = new Xy(Math.Clamp(_plays[i].X, shift.X - half, shift.X + half), Math.Clamp(_plays[i].Y, shift.Y - half, shift.Y + half));
            sum += _plays[i];
        }
        return (1 - _share) * shift + _share / Plays * sum;
    }

    private double HalfWidth(int play) => _width / 2 * (play + 1) / Plays;
}
