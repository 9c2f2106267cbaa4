using Bridge.Torch.Kernels;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1), with AMSGrad (Reddi et al. 2018) where wanted; weight decay is added to the gradient.</summary>
public class Adam : OptimizerHelper
{
    private readonly Options _defaults;

    public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup(parameters)], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this(nameof(Adam), parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
    {
    }

    private protected Adam(string name, IEnumerable<Modules.ParamGroup> groups, Options defaults) : base(name)
    {
        _defaults = defaults;
        AddGroups(groups);
    }

    public class Options : OptimizerOptions
    {
        public double? beta1 { get; set; }

        public double? beta2 { get; set; }

        public double? weight_decay { get; set; }

        public double? eps { get; set; }

        public bool? amsgrad { get; set; }

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

        public ParamGroup(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
        {
        }
    }

    /// <summary>Whether the weights themselves decay (AdamW), or the decay is added to the gradient.</summary>
    private protected virtual bool DecoupledDecay => false;

    private protected override void FillIn(Modules.ParamGroup group)
    {
        Options own = (Options)group.Options;
        own.LearningRate ??= _defaults.LearningRate;
        own.beta1 ??= _defaults.beta1;
        own.beta2 ??= _defaults.beta2;
        own.weight_decay ??= _defaults.weight_decay;
        own.eps ??= _defaults.eps;
        own.amsgrad ??= _defaults.amsgrad;
        own.maximize ??= _defaults.maximize;
        CheckRange(own.beta1!.Value, 0, 1, nameof(own.beta1));
        CheckRange(own.beta2!.Value, 0, 1, nameof(own.beta2));
        CheckRange(own.eps!.Value, 0, double.PositiveInfinity, nameof(own.eps));
        CheckRange(own.weight_decay!.Value, 0, double.PositiveInfinity, nameof(own.weight_decay));
    }

    private protected override void Update(Modules.ParamGroup group, State state, int start, Span<float> weights, ReadOnlySpan<float> gradient)
    {
        Options own = (Options)group.Options;
        double beta1 = own.beta1!.Value, beta2 = own.beta2!.Value, lr = group.LearningRate, decay = own.weight_decay!.Value;
        var step = new AdamStep(
            (float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2),
            (float)(lr / (1 - Math.Pow(beta1, state.Step))), (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, state.Step))), (float)own.eps!.Value,
            DecoupledDecay ? 0 : (float)decay, DecoupledDecay ? (float)(1 - lr * decay) : 1, own.maximize!.Value ? -1 : 1);
        step.Run(weights, gradient, state.Memory(0, start, weights.Length), state.Memory(1, start, weights.Length), own.amsgrad!.Value ? state.Memory(2, start, weights.Length) : []);
    }
}
