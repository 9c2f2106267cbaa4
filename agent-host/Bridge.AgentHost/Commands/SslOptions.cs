using System.CommandLine;
using Bridge.Agents.Classifier.SemiSupervised;
using Bridge.Contracts;
using Newtonsoft.Json.Linq;

namespace Bridge.AgentHost.Commands;

/// <summary>How long and how the methods of <c>evaluate ssl</c> learn.</summary>
internal sealed class SslOptions
{
    private static readonly SslSettings s_default = new();

    private readonly Option<int> _steps = new("--steps") { Description = "Steps of the classifier's first training.", DefaultValueFactory = _ => s_default.Classifier.Steps };
    private readonly Option<double> _learningRate = new("--learning-rate") { Description = "Its learning rate at the beginning.", DefaultValueFactory = _ => s_default.Classifier.LearningRate };
    private readonly Option<int> _fineTuningSteps = new("--fine-tuning-steps") { Description = "Steps of a round.", DefaultValueFactory = _ => s_default.Classifier.FineTuningSteps };
    private readonly Option<double> _fineTuningRate = new("--fine-tuning-rate") { Description = "Learning rate of a round.", DefaultValueFactory = _ => s_default.Classifier.FineTuningLearningRate };
    private readonly Option<int> _batch = new("--batch") { Description = "Labelled crops a step.", DefaultValueFactory = _ => s_default.Classifier.Batch };
    private readonly Option<int> _width = new("--width") { Description = "Channels of the network's first blocks.", DefaultValueFactory = _ => s_default.Classifier.Width };
    private readonly Option<double> _cutOff = new("--cut-off") { Description = "How sure FixMatch must be of a crop.", DefaultValueFactory = _ => s_default.Classifier.CutOff };
    private readonly Option<double> _unlabelledWeight = new("--unlabelled-weight") { Description = "λ: weight of what FixMatch is sure of beside the labels; FixMatch has 1, SSL²-RL 5.", DefaultValueFactory = _ => s_default.Classifier.UnlabelledWeight };
    private readonly Option<double> _strength = new("--strength") { Description = "Of the strong augmentation's shapes and cut-out, 0 to 1.", DefaultValueFactory = _ => s_default.Classifier.Strength };
    private readonly Option<double> _greyStrength = new("--grey-strength") { Description = "Of the strong augmentation's grey levels, 0 to 1; FixMatch's is 1.", DefaultValueFactory = _ => s_default.Classifier.GreyStrength };
    private readonly Option<int> _policySteps = new("--policy-steps") { Description = "Moves that the planner learns from.", DefaultValueFactory = _ => s_default.Policy.Steps };
    private readonly Option<int> _rounds = new("--rounds") { Description = "K: rounds of the iterative methods.", DefaultValueFactory = _ => s_default.Rounds };
    private readonly Option<int> _visits = new("--visits") { Description = "M: visits of all holes that a pseudo-label is made from.", DefaultValueFactory = _ => s_default.Runs };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_steps, _learningRate, _fineTuningSteps, _fineTuningRate, _batch, _width, _cutOff, _unlabelledWeight, _strength, _greyStrength, _policySteps, _rounds, _visits])
            command.Options.Add(option);
    }

    /// <exception cref="ContractException">A value is out of range.</exception>
    public SslSettings Read(ParseResult parsed) => s_default with
    {
        Classifier = s_default.Classifier with
        {
            Steps = CommonOptions.InRange("--steps", parsed.GetValue(_steps), 1, 1_000_000),
            LearningRate = CommonOptions.InRange("--learning-rate", parsed.GetValue(_learningRate), 1e-8, 10),
            FineTuningSteps = CommonOptions.InRange("--fine-tuning-steps", parsed.GetValue(_fineTuningSteps), 1, 1_000_000),
            FineTuningLearningRate = CommonOptions.InRange("--fine-tuning-rate", parsed.GetValue(_fineTuningRate), 1e-8, 10),
            Batch = CommonOptions.InRange("--batch", parsed.GetValue(_batch), 2, 1024),
            Width = CommonOptions.InRange("--width", parsed.GetValue(_width), 1, 256),
            CutOff = CommonOptions.InRange("--cut-off", parsed.GetValue(_cutOff), 0.5, 1),
            UnlabelledWeight = CommonOptions.InRange("--unlabelled-weight", parsed.GetValue(_unlabelledWeight), 0, 1000),
            Strength = CommonOptions.InRange("--strength", parsed.GetValue(_strength), 0, 1),
            GreyStrength = CommonOptions.InRange("--grey-strength", parsed.GetValue(_greyStrength), 0, 1),
        },
        Policy = s_default.Policy with { Steps = CommonOptions.InRange("--policy-steps", parsed.GetValue(_policySteps), 1, 1_000_000) },
        Rounds = CommonOptions.InRange("--rounds", parsed.GetValue(_rounds), 1, 100),
        Runs = CommonOptions.InRange("--visits", parsed.GetValue(_visits), 1, 100),
    };

    /// <summary>What runs must have in common to be in one table.</summary>
    public static JObject ToJson(SslSettings settings) => new()
    {
        ["steps"] = settings.Classifier.Steps,
        ["learning_rate"] = settings.Classifier.LearningRate,
        ["fine_tuning_steps"] = settings.Classifier.FineTuningSteps,
        ["fine_tuning_rate"] = settings.Classifier.FineTuningLearningRate,
        ["batch"] = settings.Classifier.Batch,
        ["unlabelled_ratio"] = settings.Classifier.UnlabelledRatio,
        ["unlabelled_weight"] = settings.Classifier.UnlabelledWeight,
        ["cut_off"] = settings.Classifier.CutOff,
        ["strength"] = settings.Classifier.Strength,
        ["grey_strength"] = settings.Classifier.GreyStrength,
        ["width"] = settings.Classifier.Width,
        ["dropout"] = settings.Classifier.Dropout,
        ["policy_steps"] = settings.Policy.Steps,
        ["policy_batch"] = settings.Policy.Learner.BatchSize,
        ["score_minutes"] = settings.Policy.ScoreMinutes,
        ["starts"] = settings.Policy.Starts,
        ["rounds"] = settings.Rounds,
        ["visits"] = settings.Runs,
        ["split"] = settings.SplitBy.ToString().ToLowerInvariant(),
    };
}
