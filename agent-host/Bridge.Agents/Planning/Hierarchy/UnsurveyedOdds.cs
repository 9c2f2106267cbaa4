using Bridge.Agents.Planning.Bayes;
using Bridge.Agents.Planning.Rate;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Planning.Hierarchy;

/// <summary>Beliefs about holes that were seen, and about patches that were not: those get the holes that they are likely to have.</summary>
internal sealed class UnsurveyedOdds : IPatchOdds
{
    private readonly BayesBeliefs _beliefs;
    private readonly PatchProfiles _profiles;
    private readonly bool[] _surveyed;
    private readonly long[] _versions; // by square: how often its profile has moved
    private readonly Remembered[] _then;     // by patch
    private readonly Remembered[] _now;      // by square: what its unseen patches without results have in common
    private readonly long[] _nowStamp;       // by square: when that was worked out
    private Grid _known;

    /// <param name="surveyed">Of a patch.</param>
    public UnsurveyedOdds(Grid known, Func<int, bool> surveyed)
    {
        _known = known;
        _surveyed = [.. Enumerable.Range(0, known.Patches.Count).Select(surveyed)];
        _beliefs = new BayesBeliefs(known, BayesSettings.Default, CtfCalibration.Default);
        _profiles = new PatchProfiles(known, IsSurveyed);
        (_versions, _then) = (new long[known.Squares.Count], new Remembered[known.Patches.Count]);
        (_now, _nowStamp) = (new Remembered[known.Squares.Count], new long[known.Squares.Count]);
        Array.Fill(_nowStamp, -1);
    }

    public int Views => _beliefs.Views;

    /// <summary>Takes over predictions that became known and patches that were surveyed; all is as if made anew.</summary>
    /// <param name="results">Holes and their CTF values in Å, in their order: they are taken in again.</param>
    public void See(Grid known, Func<int, bool> surveyed, IEnumerable<(int Hole, double CtfA)> results)
    {
        var changed = new List<int>();
        for (int patch = 0; patch < _surveyed.Length; patch++)
        {
            bool now = surveyed(patch);
            if (now == _surveyed[patch] && Same(_known, known, patch))
                continue;
            _surveyed[patch] = now;
            changed.Add(patch);
        }
        _known = known;
        _profiles.See(known, IsSurveyed, changed.Select(known.SquareOfPatch).Distinct());
        foreach (int image in changed.Select(known.GridImageOfPatch).Distinct())
        {
            foreach (int square in known.GridImages[image].Squares)
                _versions[square]++;
        }
        _beliefs.See(known, changed, results);
    }

    public void Observe(int hole, double ctfA) => _beliefs.Observe(hole, ctfA);

    public double Probability(int hole) => _beliefs.Probability(hole);

    public void Refresh() => _beliefs.Refresh();

    public long Stamp(int patch) => StampOfSquare(_known.SquareOfPatch(patch));

    public long StampOfSquare(int square) => (_versions[square] << 32) + _beliefs.StampOfSquare(square);

    public HoleBelief? Explain(int hole) => IsSurveyed(_known.Holes[hole].Patch) ? _beliefs.Explain(hole) : null;

    public void Write(ReadOnlySpan<int> holes, Span<double> probabilities, Span<double> views)
    {
        if (holes.IsEmpty || IsSurveyed(_known.Holes[holes[0]].Patch))
        {
            _beliefs.Write(holes, probabilities, views);
            return;
        }
        int first = holes[0];
        foreach (int hole in holes)
            first = Math.Min(first, hole); // whatever order they come in
        _profiles.Write(_known, _known.Holes[first].Patch, probabilities);
        double effect = Effect(first);
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = CtfCalibration.Logistic(probabilities[i] + effect);
    }

    public void Remember(int patch)
    {
        _beliefs.Remember(patch);
        _then[patch] = Now(patch);
    }

    public double Most(int patch, ReadOnlySpan<float> views, double all)
    {
        Remembered then = _then[patch];
        if (then.IsSurveyed != IsSurveyed(patch))
            return 1;
        if (then.IsSurveyed)
            return _beliefs.Most(patch, views, all);
        if (_beliefs.HasResults(patch))
            return 1;
        int square = _known.SquareOfPatch(patch);
        if (_nowStamp[square] != StampOfSquare(square))
            (_now[square], _nowStamp[square]) = (Now(patch), StampOfSquare(square));
        Remembered now = _now[square];
        double rise = Math.Max(0, now.Mean - then.Mean + (Math.Abs(now.Sd - then.Sd) * PatchProfiles.Quantile(0, _known.Patches[patch].Holes.Count))) + Math.Max(0, now.Effect - then.Effect);
        return LogOdds.Raised(all, Math.Exp(-rise));
    }

    /// <summary>Without a prediction and without a result, all holes of a square have the same effect.</summary>
    private Remembered Now(int patch)
    {
        (double mean, double sd) = _profiles.Of(_known, _known.SquareOfPatch(patch));
        return new Remembered(IsSurveyed(patch), Effect(_known.Patches[patch].Holes[0]), mean, sd);
    }

    private static bool Same(Grid before, Grid now, int patch)
    {
        foreach (int hole in now.Patches[patch].Holes)
        {
            (Hole a, Hole b) = (before.Holes[hole], now.Holes[hole]);
            if (!ReferenceEquals(a, b) && !(a.PredictedCtfA.Equals(b.PredictedCtfA) && a.GivenProbability.Equals(b.GivenProbability)))
                return false;
        }
        return true;
    }

    private bool IsSurveyed(int patch) => _surveyed[patch];

    /// <summary>A hole without a prediction has the prior's log odds and the effects of its square: those are what is added.</summary>
    private double Effect(int hole) => CtfCalibration.Logit(_beliefs.Probability(hole)) - CtfCalibration.Logit(CtfCalibration.PriorProbability);

    /// <summary>What the holes of an unseen patch are made of, and whether it was seen.</summary>
    private readonly record struct Remembered(bool IsSurveyed, double Effect, double Mean, double Sd);
}
