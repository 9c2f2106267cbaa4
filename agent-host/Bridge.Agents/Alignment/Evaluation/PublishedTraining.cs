using Bridge.Agents.Alignment.Sac;
using Bridge.Agents.Alignment.Simulation;

namespace Bridge.Agents.Alignment.Evaluation;

/// <summary>Trains soft actor-critics in the published environment, one a seed, and scores them on the way.</summary>
/// <param name="Name">Of the variant, for the table.</param>
public sealed record PublishedTraining(string Name, SacSettings Agent, PublishedAlignmentSettings World)
{
    /// <summary>Steps after which each is scored, rising.</summary>
    public IReadOnlyList<int> ScoreAt { get; init; } = [2000, 20_000];

    /// <summary>Test episodes of a score.</summary>
    public int Episodes { get; init; } = 1000;

    public int Seeds { get; init; } = 5;

    /// <summary>The first seed.</summary>
    public int Seed { get; init; }

    /// <summary>Begin with an agent that learned this world for <see cref="LearnedSteps"/> steps; null begins with one that knows nothing.</summary>
    public PublishedAlignmentSettings? LearnedBefore { get; init; }

    public int LearnedSteps { get; init; } = 20_000;

    /// <summary>The paper's studies (its figures 5 to 8), by name.</summary>
    public static IReadOnlyList<string> Studies { get; } = ["none", "reward", "hidden", "binning", "tolerance", "response"];

    /// <summary>The variants of a study.</summary>
    /// <exception cref="ArgumentException">No study of that name.</exception>
    public static IReadOnlyList<PublishedTraining> Study(string study)
    {
        SacSettings agent = new();
        PublishedAlignmentSettings world = new();
        return study switch
        {
            "none" => [new("sac", agent, world)],
            "reward" => [.. Enum.GetValues<AlignmentReward>().Select(reward => new PublishedTraining($"reward {reward}", agent, world with { Reward = reward }))],
            "hidden" => [.. ((int[])[16, 32, 64, 128, 256]).Select(hidden => new PublishedTraining($"hidden {hidden}", agent with { Hidden = hidden }, world))],
            "binning" => [.. ((int[])[1, 2, 4]).Select(binning => new PublishedTraining($"binning {binning}", agent, world with { Binning = binning }))],
            "tolerance" => [.. ((int[])[0, 1, 2, 3, 5]).Select(tolerance => new PublishedTraining($"tolerance {tolerance}", agent, world with { Tolerance = tolerance }))],
            "response" => [new("response 0.75, learned before", agent, world with { Response = 0.75 }) { LearnedBefore = world, ScoreAt = [250, 500, 1000, 2000] }],
            _ => throw new ArgumentException($"there is no study '{study}'; choose {string.Join(", ", Studies)}", nameof(study)),
        };
    }

    /// <summary>Trains and scores, seed by seed.</summary>
    /// <param name="progress">Told 0 to 1.</param>
    /// <returns>One score for each of <see cref="ScoreAt"/>, with all seeds' episodes together, and the worst seed's success.</returns>
    public IReadOnlyList<PublishedScore> Run(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var scores = new (double Success, double Steps, double Squares, double Worst, double Seconds)[ScoreAt.Count];
        Array.Fill(scores, (0, 0, 0, 1, 0));
        for (int i = 0; i < Seeds; i++)
        {
            int seed = Seed + i;
            using SoftActorCritic agent = new(Agent, observations: 5, actions: 2, seed, Agent.Relabelled > 0 ? new PublishedAlignment(World, new Random(seed)) : null);
            if (LearnedBefore is not null)
                new SacTraining(random => new PublishedAlignment(LearnedBefore, random), seed) { TestEvery = int.MaxValue, TestEpisodes = 1 }.Run(agent, LearnedSteps, cancellationToken: cancellationToken);
            agent.Forget();
            var training = new SacTraining(random => new PublishedAlignment(World, random), seed + 1) { TestEvery = int.MaxValue, TestEpisodes = 1 };
            int done = 0;
            for (int at = 0; at < ScoreAt.Count; at++)
            {
                double seconds = training.Run(agent, ScoreAt[at] - done, null, null, cancellationToken)[^1].Seconds;
                done = ScoreAt[at];
                AlignmentScore score = new PublishedEvaluation { Settings = World, Seed = seed }.Run(agent.Averaged, Name, Episodes, cancellationToken);
                bool any = score.Success > 0;
                scores[at].Success += score.Success;
                scores[at].Steps += any ? score.Success * score.StepsMean : 0;
                scores[at].Squares += any ? score.Success * score.RmsPx * score.RmsPx : 0;
                scores[at].Worst = Math.Min(scores[at].Worst, score.Success);
                scores[at].Seconds += seconds;
                progress?.Report((i + (at + 1.0) / ScoreAt.Count) / Seeds);
            }
        }
        return [.. scores.Select((sum, at) => new PublishedScore(Name, ScoreAt[at], Seeds, sum.Success / Seeds, sum.Worst, sum.Steps / sum.Success, Math.Sqrt(sum.Squares / sum.Success), StepsPerSecond(scores, at)))];
    }

    private double StepsPerSecond((double Success, double Steps, double Squares, double Worst, double Seconds)[] scores, int at)
        => (ScoreAt[at] - (at == 0 ? 0 : ScoreAt[at - 1])) * (double)Seeds / scores[at].Seconds;
}
