using Bridge.Domain.Sessions;

namespace Bridge.Agents.Planning.OffPolicy;

/// <summary>
/// What the holes that nobody shot may be like: the beliefs of <c>bayes</c> after all results of the session. A draw moves the log odds of all holes of a patch by the
/// same normal deviate times their standard deviation, because what is not known of them is mostly common to them, and then each hole is good or not.
/// </summary>
internal sealed class OutcomeModel
{
    private const double Interval = 1.645; // of HoleBelief, in standard deviations

    private readonly RecordedSession _session;
    private readonly double[] _logit, _sd; // by hole; NaN where the result is known
    private readonly List<double> _good = [], _bad = [];

    public OutcomeModel(RecordedSession session)
    {
        _session = session;
        var beliefs = new BayesPlanner(session.Grid);
        var state = new CollectionState(session.Grid, session.End.Minutes);
        foreach (int hole in session.Results)
        {
            double ctfA = session.End.MeasuredCtfA(hole);
            state.Record(hole, ctfA);
            beliefs.Observe(state, hole);
            (CollectionState.IsGood(ctfA) ? _good : _bad).Add(ctfA);
        }
        (_logit, _sd) = (new double[session.Grid.Holes.Count], new double[session.Grid.Holes.Count]);
        for (int hole = 0; hole < _logit.Length; hole++)
        {
            _logit[hole] = double.NaN;
            if (session.IsKnown(hole) || beliefs.Explain(hole) is not { } belief)
                continue;
            _logit[hole] = CtfCalibration.Logit(belief.Probability);
            _sd[hole] = Math.Max(0, CtfCalibration.Logit(belief.High) - CtfCalibration.Logit(belief.Low)) / (2 * Interval);
        }
    }

    /// <summary>One possible truth: CTF values in Å of all holes, the measured ones where there are any.</summary>
    public double[] Draw(Random random)
    {
        double[] ctfA = new double[_logit.Length], deviates = new double[_session.Grid.Patches.Count];
        for (int patch = 0; patch < deviates.Length; patch++)
            deviates[patch] = Normal(random);
        for (int hole = 0; hole < ctfA.Length; hole++)
        {
            bool good = random.NextDouble() < CtfCalibration.Logistic(_logit[hole] + (deviates[_session.Grid.Holes[hole].Patch] * _sd[hole]));
            ctfA[hole] = _session.IsKnown(hole) ? _session.End.MeasuredCtfA(hole) : good ? One(_good, 4, random) : One(_bad, 10, random);
        }
        return ctfA;
    }

    /// <summary>A value like those of the session; without any, a usual one.</summary>
    private static double One(List<double> values, double usual, Random random) => values.Count == 0 ? usual : values[random.Next(values.Count)];

    private static double Normal(Random random) // Box and Muller 1958
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
