namespace Bridge.Agents.Classifier.SemiSupervised.Evaluation;

/// <summary>SSL²-RL's Table 1, on the real Y3: accuracy, and RL reward with its deviation over ten runs. For comparison only: other holes, and minutes of moves that the paper does not give.</summary>
public static class PublishedSsl
{
    private static readonly Dictionary<(string, double), (double, double, double)> s_table1 = new()
    {
        [(SslMethods.Supervised, 5)] = (0.5707, 59.55, 5.4),
        [(SslMethods.Supervised, 10)] = (0.6188, 50.96, 5.6),
        [(SslMethods.Supervised, 20)] = (0.6299, 56.76, 7.3),
        [(SslMethods.Supervised, 100)] = (0.6524, 69.76, 2.1),
        [(SslMethods.FixMatch, 5)] = (0.6229, 56.97, 3.2),
        [(SslMethods.FixMatch, 10)] = (0.6303, 58.50, 5.5),
        [(SslMethods.FixMatch, 20)] = (0.6382, 58.98, 3.5),
        [(SslMethods.Iterative, 5)] = (0.6372, 62.33, 7.5),
        [(SslMethods.Iterative, 10)] = (0.6377, 61.95, 3.4),
        [(SslMethods.Iterative, 20)] = (0.6396, 65.77, 4.2),
        [(SslMethods.Ssl2Rl120, 5)] = (0.6423, 62.94, 4.6),
        [(SslMethods.Ssl2Rl120, 10)] = (0.6480, 64.28, 8.5),
        [(SslMethods.Ssl2Rl120, 20)] = (0.6502, 64.29, 8.2),
        [(SslMethods.Ssl2Rl480, 5)] = (0.6451, 61.62, 7.1),
        [(SslMethods.Ssl2Rl480, 10)] = (0.6557, 65.73, 7.0),
        [(SslMethods.Ssl2Rl480, 20)] = (0.6479, 67.28, 6.3),
    };

    /// <summary>Accuracy, reward and the reward's deviation; NaN where the table has none.</summary>
    public static (double Accuracy, double Reward, double Deviation) Table1(string method, double labelsPercent)
        => s_table1.GetValueOrDefault((method, labelsPercent), (double.NaN, double.NaN, double.NaN));
}
