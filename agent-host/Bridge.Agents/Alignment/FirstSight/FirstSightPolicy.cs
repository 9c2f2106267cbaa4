using System.Globalization;

namespace Bridge.Agents.Alignment.FirstSight;

/// <summary>
/// Aligns at first sight: a network that was trained over random responses chooses the moves as long as the reaction of some direction is not known,
/// and looks for it on the way to the goal. <see cref="ResponseEstimate"/> watches: as soon as it knows one direction it checks that part of each move; once it knows
/// both it takes the rest of the way, which it then does exactly, and it ends an alignment whose beam does not follow.
/// </summary>
/// <param name="choose">The network: state in, action out (<see cref="FirstSightView"/>).</param>
public sealed class FirstSightPolicy(AlignmentSettings settings, FirstSightPolicy.Choice choose) : IAlignmentPolicy
{
    /// <summary>The same as in <see cref="LeastSquaresPolicy"/>.</summary>
    private const int MostSurprises = 3;

    /// <summary>A beam that has moved by less than the noise under so many moves does not react.</summary>
    private const int MostUnknown = 6;

    private readonly FirstSightView _view = new(settings);
    private readonly ResponseEstimate _response = new(settings.Tolerance / 3);
    private readonly float[] _state = new float[FirstSightView.Width], _action = new float[2];
    private int _surprises, _chosen;

    /// <summary>Chooses an action.</summary>
    /// <param name="state">(<see cref="FirstSightView.Width"/>).</param>
    /// <param name="action">Two numbers, -1 to 1, written.</param>
    public delegate void Choice(ReadOnlySpan<float> state, Span<float> action);

    public string Name => AlignmentPolicies.FirstSight;

    /// <summary>True while the network chooses.</summary>
    public bool Chooses => !_response.Axes().Second.IsKnown;

    /// <summary>What the network sees now.</summary>
    /// <param name="state">(<see cref="FirstSightView.Width"/>), written.</param>
    public void Write(Span<float> state) => _view.Write(state);

    public void Observe(AlignmentState state)
    {
        if (state.IsLost)
        {
            _view.Lost();
            return;
        }
        _view.Saw(state.LastMove, state.LastDisplacement, settings.Goal - state.Seen!.Value);
        if (state.LastMove.Length > 0)
            _chosen++;
        if (!_response.Take(state.LastMove, state.LastDisplacement))
            (_surprises, _chosen) = (_surprises + 1, 0);
    }

    public AlignmentResult Next(AlignmentState state)
    {
        if (_surprises >= MostSurprises)
            return new AlignmentResult.GiveUp($"the beam does not follow the shift: {_surprises} times it moved against what it did before");
        Xy error = settings.Goal - state.Seen!.Value;
        if (!Chooses)
            return new AlignmentResult.Move(state.Shift + _response.CautiousStep(error).AtMost(settings.MaxStep / Math.Pow(2, state.Lost)), Invariant($"{error.Length:0.#} px to go"));
        if (_chosen >= MostUnknown)
            return new AlignmentResult.GiveUp($"the beam does not visibly react to the shift in every direction, after {_chosen} moves");
        _view.Write(_state);
        choose(_state, _action);
        Xy move = _response.Checked(error, _view.ToMove(_action)).AtMost(settings.MaxStep);
        return new AlignmentResult.Move(WithinRange(state.Shift, move), "to see how the beam reacts, on the way to the goal");
    }

    /// <summary>The move, turned back or round where it would leave the allowed range.</summary>
    private Xy WithinRange(Xy shift, Xy move)
    {
        foreach (Xy candidate in (ReadOnlySpan<Xy>)[move, -1 * move, new Xy(-move.Y, move.X), new Xy(move.Y, -move.X)])
        {
            if ((shift + candidate).Length <= settings.MaxShift)
                return shift + candidate;
        }
        return shift + move;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
