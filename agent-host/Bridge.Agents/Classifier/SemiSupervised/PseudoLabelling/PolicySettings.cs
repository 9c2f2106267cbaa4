using Bridge.Agents.Planning.CryoRL.Learning;
using Bridge.Domain.Sessions;

namespace Bridge.Agents.Classifier.SemiSupervised.PseudoLabelling;

/// <summary>How the decision model learns and is scored. SSL²-RL's appendix B.2: learning rate 0.001, 10 epochs of 500 steps. Here there are fewer, and smaller batches, so that a training takes seconds.</summary>
public sealed record PolicySettings
{
    public LearnerSettings Learner { get; init; } = Learners.Settings("paper-dqn") with { BatchSize = 32 };

    /// <summary>Moves while learning, all collections together.</summary>
    public int Steps { get; init; } = 2000;

    public MoveMinutes Minutes { get; init; } = MoveMinutes.Text;

    /// <summary>Minutes of the sessions that are scored.</summary>
    public double ScoreMinutes { get; init; } = 480;

    /// <summary>Sessions that are scored, from random first holes.</summary>
    public int Starts { get; init; } = 20;
}
