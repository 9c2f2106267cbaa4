using Bridge.Torch.Kernels;

namespace TorchSharp.Modules;

/// <summary>Gradient descent, with momentum or Nesterov's momentum as PyTorch has it (Sutskever et al. 2013, with the rate outside the velocity).</summary>
public sealed class SGD : OptimizerHelper
{
    private readonly Options _defaults;

    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup(parameters)], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : base(nameof(SGD))
    {
        _defaults = new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
        AddGroups(parameters);
    }

    public sealed class Options : OptimizerOptions
    {
        public double? momentum { get; set; }

        public double? dampening { get; set; }

        public double? weight_decay { get; set; }

        public bool? nesterov { get; set; }

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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
        {
        }
    }

    private protected override void FillIn(Modules.ParamGroup group)
    {
        Options own = ((ParamGroup)group).Options;
        own.LearningRate ??= _defaults.LearningRate;
        own.momentum ??= _defaults.momentum;
        own.dampening ??= _defaults.dampening;
        own.weight_decay ??= _defaults.weight_decay;
        own.nesterov ??= _defaults.nesterov;
        own.maximize ??= _defaults.maximize;
        CheckRange(own.momentum!.Value, 0, double.PositiveInfinity, nameof(own.momentum));
        CheckRange(own.weight_decay!.Value, 0, double.PositiveInfinity, nameof(own.weight_decay));
        if (own.nesterov!.Value && (own.momentum <= 0 || own.dampening != 0))
            throw new ArgumentException("SGD: nesterov needs a momentum and no dampening");
    }

    private protected override void Update(Modules.ParamGroup group, State state, int start, Span<float> weights, ReadOnlySpan<float> gradient)
    {
        Options own = ((ParamGroup)group).Options;
        var step = new SgdStep(
            (float)group.LearningRate, (float)own.momentum!.Value, state.Step == 1 ? 1 : 1 - (float)own.dampening!.Value, (float)own.weight_decay!.Value,
            own.nesterov!.Value, own.maximize!.Value ? -1 : 1);
        step.Run(weights, gradient, own.momentum == 0 ? [] : state.Memory(0, start, weights.Length));
    }
}
