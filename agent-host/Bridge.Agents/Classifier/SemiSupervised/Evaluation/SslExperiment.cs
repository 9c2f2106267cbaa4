using System.Diagnostics;
using Bridge.Agents.Classifier.Evaluation;
using Bridge.Agents.Classifier.Networks;
using Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;
using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Domain.Specimen;

namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>
/// One run of the comparison: one seed, one share of labels, any of the methods. They share what is the same in all: the split, FixMatch's classifier (f_0), and the
/// policy on it. The same settings, set, share and run give the same figures.
/// </summary>
public sealed class SslExperiment : IDisposable
{
    private const double Settled = 0.9; // of FixMatch's training; coverage is counted after it

    private readonly HoleSet _holes;
    private readonly SslSettings _settings;
    private readonly LabelSplit _split;
    private readonly CollectionPolicy _policy;
    private readonly FixMatch _fixMatch;
    private readonly double _labelledShare;
    private readonly int _run, _seed;
    private readonly int[] _all;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<double, (CoupledModel Model, SslRound Round)> _first = []; // by episode minutes
    private SmallResNet? _f0;
    private double _coverage = double.NaN, _confidentAccuracy = double.NaN;

    /// <param name="labelledShare">Above 0 and at most 1.</param>
    /// <param name="run">Number of the run, from 0.</param>
    /// <param name="seed">Of the whole comparison.</param>
    /// <exception cref="Bridge.Contracts.ContractException">There are too few holes, or labels of one kind only.</exception>
    public SslExperiment(HoleSet holes, SslSettings settings, double labelledShare, int run, int seed, CancellationToken cancellationToken = default)
    {
        (_holes, _settings, _labelledShare, _run, _cancellationToken) = (holes, settings, labelledShare, run, cancellationToken);
        _seed = unchecked(seed * 1000 + run);
        _all = [.. Enumerable.Range(0, holes.Count)];
        _split = LabelSplit.Draw(holes, labelledShare, settings.SplitBy, _seed);
        _policy = new CollectionPolicy(holes, settings.Policy);
        _fixMatch = new FixMatch(holes, settings.Classifier);
    }

    /// <summary>True for a method that makes sense here: without unlabelled holes there is only supervised learning.</summary>
    public bool Has(string method) => method == SslMethods.Supervised || _split.Unlabelled.Count > 0;

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public SslRun Run(string method)
    {
        SslMethods.Check(method);
        if (!Has(method))
            throw new InvalidOperationException($"{method} needs unlabelled holes, and there are none");
        long began = Stopwatch.GetTimestamp();
        IReadOnlyList<SslRound> rounds = method switch
        {
            SslMethods.Supervised => [Supervised()],
            SslMethods.FixMatch => [First(_settings.Policy.ScoreMinutes).Round],
            _ => Iterate(SslMethods.Labelling(method, _holes, _settings)!),
        };
        return new SslRun(method, 100 * _labelledShare, _run, rounds, Stopwatch.GetElapsedTime(began).TotalSeconds)
        {
            Coverage = method == SslMethods.Supervised ? double.NaN : _coverage,
            ConfidentAccuracy = method == SslMethods.Supervised ? double.NaN : _confidentAccuracy,
        };
    }

    private SslRound Supervised()
    {
        using SmallResNet network = _fixMatch.NewNetwork(_seed);
        _fixMatch.Train(network, LabelledPool.True(_holes, _split), [], _seed, cancellationToken: _cancellationToken);
        return Couple(network, _settings.Policy.ScoreMinutes, 0).Round;
    }

    /// <summary>Algorithm 1: train a policy on the classifier, label by it, fine-tune the classifier with the labels, K times.</summary>
    private List<SslRound> Iterate(IPseudoLabelling labelling)
    {
        using SmallResNet network = _fixMatch.NewNetwork(_seed);
        network.load_state_dict(F0().state_dict());
        (CoupledModel model, SslRound round) = First(labelling.EpisodeMinutes);
        List<SslRound> rounds = [round];
        for (int t = 1; t <= _settings.Rounds; t++)
        {
            PseudoLabels labels = labelling.Label(model, unchecked(_seed * 31 + t), _cancellationToken);
            _fixMatch.FineTune(network, LabelledPool.WithPseudoLabels(_holes, _split, labels), _split.Unlabelled, unchecked(_seed * 31 + t), cancellationToken: _cancellationToken);
            (model, round) = Couple(network, labelling.EpisodeMinutes, t);
            rounds.Add(Judged(round, labels));
        }
        return rounds;
    }

    /// <summary>FixMatch's classifier, trained once for all methods.</summary>
    private SmallResNet F0()
    {
        if (_f0 is not null)
            return _f0;
        SmallResNet network = _fixMatch.NewNetwork(_seed);
        long seen = 0, confident = 0, right = 0;
        _fixMatch.Train(network, LabelledPool.True(_holes, _split), _split.Unlabelled, _seed, Count, _cancellationToken);
        (_coverage, _confidentAccuracy) = ((double)confident / seen, (double)right / confident);
        return _f0 = network;

        void Count(FixMatchStep step)
        {
            if (step.Number < Settled * step.Steps)
                return;
            seen += _settings.Classifier.Batch * _settings.Classifier.UnlabelledRatio;
            confident += step.Confident.Count;
            for (int i = 0; i < step.Confident.Count; i++)
                right += step.TakenForGood[i] == _holes.IsGood(step.Confident[i]) ? 1 : 0;
        }
    }

    /// <summary>f_0 with the policy of a length of episodes, trained once for all methods.</summary>
    private (CoupledModel Model, SslRound Round) First(double episodeMinutes)
    {
        if (!_first.TryGetValue(episodeMinutes, out (CoupledModel, SslRound) first))
            _first[episodeMinutes] = first = Couple(F0(), episodeMinutes, 0);
        return first;
    }

    /// <summary>Asks the classifier of all holes, trains the policy on what it says, and scores both on the validation holes.</summary>
    private (CoupledModel Model, SslRound Round) Couple(SmallResNet network, double episodeMinutes, int number)
    {
        double[] probability = CropScorer.Probabilities(CropScorer.Outputs(network, _holes, _all, cancellationToken: _cancellationToken));
        MeasuredGrid training = _policy.PseudoRewards(_split, probability);
        LearnedModel policy = _policy.Train(training, episodeMinutes, _seed, _cancellationToken);
        var scores = new ClassifierScores([.. _split.Validation.Select(hole => probability[hole])], [.. _split.Validation.Select(_holes.IsGood)]);
        (double reward, double good) = _policy.Score(policy, _policy.Validation(_split, probability), _seed, _cancellationToken);
        return (new CoupledModel(_split, probability, training, policy), new SslRound(number, scores.Accuracy, scores.Precision, scores.RocAuc, reward, good));
    }

    /// <summary>The round with what its pseudo-labels were worth.</summary>
    private SslRound Judged(SslRound round, PseudoLabels labels)
    {
        int right = 0, positive = 0, good = 0;
        for (int i = 0; i < labels.Good.Count; i++)
        {
            bool isGood = _holes.IsGood(_split.Unlabelled[i]);
            right += labels.Good[i] == isGood ? 1 : 0;
            positive += labels.Good[i] ? 1 : 0;
            good += labels.Good[i] && isGood ? 1 : 0;
        }
        return round with { PseudoAccuracy = (double)right / labels.Good.Count, PseudoPrecision = (double)good / positive, Confidence = labels.Confidence.Average() };
    }

    public void Dispose() => _f0?.Dispose();
}
