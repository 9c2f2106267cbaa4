using Bridge.Agents.Planning.Evaluation;

namespace Bridge.Agents.Classifier.Evaluation;

/// <summary>How good a classifier's probabilities are on holes whose outcome is known.</summary>
public sealed class ClassifierScores
{
    private readonly ReliabilityTable _reliability = new();
    private readonly double[] _probabilities;
    private readonly bool[] _good;
    private readonly long[,] _confusion = new long[2, 2];

    /// <param name="probabilities">P(good) of each hole, 0 to 1.</param>
    /// <param name="good">Whether it was.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is none.</exception>
    public ClassifierScores(double[] probabilities, bool[] good)
    {
        if (probabilities.Length != good.Length)
            throw new ArgumentException($"{probabilities.Length} probabilities for {good.Length} outcomes");
        (_probabilities, _good) = (probabilities, good);
        for (int i = 0; i < good.Length; i++)
        {
            if (probabilities[i] is not (>= 0 and <= 1))
                throw new ArgumentException($"probability {i} is {probabilities[i]}, outside 0 to 1");
            _confusion[good[i] ? 1 : 0, probabilities[i] >= 0.5 ? 1 : 0]++;
            _reliability.Add(probabilities[i], good[i]);
        }
        RocAuc = Auc(probabilities, good);
    }

    public int Count => _good.Length;

    /// <summary>Share called right at P(good) = 0.5; NaN without holes.</summary>
    public double Accuracy => (double)(_confusion[0, 0] + _confusion[1, 1]) / Count;

    /// <summary>Holes that were good (or bad) and were called good (or bad).</summary>
    public long Confusion(bool good, bool calledGood) => _confusion[good ? 1 : 0, calledGood ? 1 : 0];

    /// <summary>Share of the good holes that were called good (CryoRL's low-CTF accuracy); NaN if there is none.</summary>
    public double RecallOfGood => Share(_confusion[1, 1], _confusion[1, 0]);

    /// <summary>Share of the bad holes that were called bad (CryoRL's high-CTF accuracy); NaN if there is none.</summary>
    public double RecallOfBad => Share(_confusion[0, 0], _confusion[0, 1]);

    /// <summary>Share of the holes called good that were; NaN if none was.</summary>
    public double Precision => Share(_confusion[1, 1], _confusion[0, 1]);

    /// <summary>Area under the ROC curve: the probability that a good hole has a higher one than a bad hole; NaN if there is none of one kind.</summary>
    public double RocAuc { get; }

    /// <summary>Expected calibration error over ten bins (Guo et al. 2017, equation 3).</summary>
    public double ExpectedCalibrationError => _reliability.ExpectedCalibrationError;

    /// <summary>Mean squared error of the probabilities (Brier 1950).</summary>
    public double Brier => _reliability.Brier;

    public ReliabilityTable Reliability => _reliability;

    /// <summary>The ROC curve from (0, 0) to (1, 1): share of bad holes called good, share of good holes called good, for each threshold that occurs.</summary>
    public IReadOnlyList<(double FalsePositives, double TruePositives)> Roc()
    {
        int[] order = [.. Enumerable.Range(0, Count).OrderByDescending(i => _probabilities[i])];
        double goods = _confusion[1, 0] + _confusion[1, 1], bads = _confusion[0, 0] + _confusion[0, 1];
        var curve = new List<(double, double)> { (0, 0) };
        long good = 0, bad = 0;
        for (int i = 0; i < order.Length; i++)
        {
            (good, bad) = _good[order[i]] ? (good + 1, bad) : (good, bad + 1);
            if (i + 1 == order.Length || _probabilities[order[i + 1]] != _probabilities[order[i]])
                curve.Add((bad / bads, good / goods));
        }
        return curve;
    }

    /// <summary>How much smaller the mean squared error is than another classifier's on the same holes, and the standard error of the difference, hole by hole.</summary>
    /// <exception cref="ArgumentException">The holes are others.</exception>
    public (double Gain, double Error) GainOver(ClassifierScores other)
    {
        if (!_good.AsSpan().SequenceEqual(other._good))
            throw new ArgumentException("two classifiers can be compared on the same holes only");
        double sum = 0, squares = 0;
        for (int i = 0; i < Count; i++)
        {
            double was = _good[i] ? 1 : 0, gain = Math.Pow(other._probabilities[i] - was, 2) - Math.Pow(_probabilities[i] - was, 2);
            sum += gain;
            squares += gain * gain;
        }
        double mean = sum / Count;
        return (mean, Math.Sqrt(Math.Max(0, squares / Count - mean * mean) / Count));
    }

    /// <summary>From the ranks, ties by half (Hanley and McNeil 1982).</summary>
    private static double Auc(double[] probabilities, bool[] good)
    {
        double[] keys = [.. probabilities];
        bool[] outcomes = [.. good];
        Array.Sort(keys, outcomes);
        double ranks = 0;
        long goods = 0;
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
                to++;
            int ties = outcomes.AsSpan(from, to - from).Count(true);
            ranks += ties * (from + 1 + to) / 2.0;
            goods += ties;
        }
        return (ranks - goods * (goods + 1) / 2.0) / (goods * (double)(keys.Length - goods));
    }

    private static double Share(long part, long rest) => (double)part / (part + rest);
}
