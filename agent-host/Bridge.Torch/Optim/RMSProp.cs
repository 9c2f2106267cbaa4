using Bridge.Torch.Kernels;

namespace TorchSharp.Modules;

/// <summary>RMSprop (Hinton, lecture 6e), with momentum or centred (Graves 2013, section 4.2) where wanted.</summary>
public sealed class RMSProp : OptimizerHelper
{
    private readonly Options _defaults;

    public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0.0, bool centered = false, bool maximize = false)
        : this([new ParamGroup(parameters)], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0.0, bool centered = false, bool maximize = false)
        : base(nameof(RMSProp))
    {
        _defaults = new Options { LearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize };
        AddGroups(parameters);
    }

    public sealed class Options : OptimizerOptions
    {
        public double? alpha { get; set; }

        public double? eps { get; set; }

        public double? weight_decay { get; set; }

        public double? momentum { get; set; }

        public bool? centered { get; set; }

        public bool? maximize { get; set; }
    }

    public sealed class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options? options = null) : base(parameters, options)
        {
        }
    }

    private protected override void FillIn(Modules.ParamGroup group)
    {
        Options own = ((ParamGroup)group).Options;
        own.LearningRate ??= _defaults.LearningRate;
        own.alpha ??= _defaults.alpha;
        own.eps ??= _defaults.eps;
        own.weight_decay ??= _defaults.weight_decay;
        own.momentum ??= _defaults.momentum;
        own.centered ??= _defaults.centered;
        own.maximize ??= _defaults.maximize;
        CheckRange(own.alpha!.Value, 0, 1, nameof(own.alpha));
        CheckRange(own.eps!.Value, 0, double.PositiveInfinity, nameof(own.eps));
        CheckRange(own.weight_decay!.Value, 0, double.PositiveInfinity, nameof(own.weight_decay));
        CheckRange(own.momentum!.Value, 0, double.PositiveInfinity, nameof(own.momentum));
    }

    private protected override void Update(Modules.ParamGroup group, State state, int start, Span<float> weights, ReadOnlySpan<float> gradient)
    {
        Options own = ((ParamGroup)group).Options;
        var step = new RmsPropStep(
            (float)group.LearningRate, (float)own.alpha!.Value, (float)(1 - own.alpha.Value), (float)own.eps!.Value, (float)own.weight_decay!.Value,
            (float)own.momentum!.Value, own.maximize!.Value ? -1 : 1);
        step.Run(weights, gradient, state.Memory(0, start, weights.Length), own.centered!.Value ? state.Memory(1, start, weights.Length) : [], own.momentum > 0 ? state.Memory(2, start, weights.Length) : []);
    }
}
