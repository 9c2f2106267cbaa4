using System.Globalization;

namespace Bridge.AgentHost.Serving;

/// <summary>
/// What the predictions of a session's holes turned out to be worth: each P(good) against what was measured there. They mislead a planner that believes it if both hold: their squared errors (Brier 1950) are larger than
/// those of somebody who knows no pictures and says each time how many were good so far, (good + 1) / (measured + 2); and larger than chance makes those of probabilities that mean what they say: Z of
/// Spiegelhalter (1986), sum of (p - y)(2p - 1) by the root of the sum of (2p - 1)² p (1 - p), is above <see cref="MostErrors"/>. Looked at every <see cref="Step"/> results. Follows from the order of the results alone.
/// </summary>
public sealed class PredictionRecord
{
    /// <summary>Results before the first look, and between two.</summary>
    public const int Least = 30, Step = 15;

    /// <summary>Reached by chance in one of 700 looks.</summary>
    public const double MostErrors = 3;

    private int _measured, _good;
    private double _expected, _errors, _errorsOfShare, _beyond, _variance;
    private bool _misleads, _isNew;

    /// <summary>Takes in the first result of a hole that had a prediction.</summary>
    /// <param name="probability">P(good) as it was known, 0 to 1.</param>
    public void Add(double probability, bool good)
    {
        double was = good ? 1 : 0, share = (_good + 1.0) / (_measured + 2), lean = 2 * probability - 1;
        _errors += (probability - was) * (probability - was);
        _errorsOfShare += (share - was) * (share - was);
        _beyond += (probability - was) * lean;
        _variance += lean * lean * probability * (1 - probability);
        _measured++;
        _good += good ? 1 : 0;
        _expected += probability;
        if (_measured < Least || (_measured - Least) % Step != 0)
            return;
        bool misleads = _errors > _errorsOfShare && _beyond > MostErrors * Math.Sqrt(_variance);
        _isNew |= misleads && !_misleads;
        _misleads = misleads;
    }

    /// <summary>True if the last look found that the predictions mislead.</summary>
    public bool Misleads => _misleads;

    /// <summary>For a person; empty until there are enough results.</summary>
    /// <param name="planner">Name of the planner in charge.</param>
    public string Sentence(string planner)
    {
        if (_measured < Least)
            return "";
        string record = string.Create(CultureInfo.InvariantCulture, $"predictions: {_expected:0.#} good holes were expected among {_measured} measured ones, {_good} are good");
        return !_misleads ? record : string.Create(CultureInfo.InvariantCulture,
            $"{record}. WARNING: the predictions mislead (mean squared error {_errors / _measured:0.00}, without them {_errorsOfShare / _measured:0.00}). {(planner == "bayes" ? "Planner bayes discounts them" : $"Planner {planner} believes them: close the session and open it with planner bayes, which finds out what they are worth")}; for other nights train the classifier on your own holes (agent-host train classifier --session)");
    }

    /// <summary>The sentence, once when it became a warning; else null.</summary>
    public string? TakeWarning(string planner)
    {
        bool isNew = _isNew;
        _isNew = false;
        return isNew && _misleads ? Sentence(planner) : null;
    }
}
