namespace TorchSharp.Modules;

/// <summary>What the optimisers share: groups, the state of each parameter, the loop of a step.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly HashSet<Parameter> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<State[]> _states = [];
    private readonly string _name;

    private protected OptimizerHelper(string name) => _name = name;

    /// <summary>One parameter and what the optimiser remembers of it; arrays are made when first asked for.</summary>
    private protected sealed class State(Parameter parameter)
    {
        private readonly float[]?[] _memory = new float[]?[3];

        public Parameter Parameter { get; } = parameter;

        public long Step { get; set; }

        /// <summary>An array as long as the parameter, zeros at first.</summary>
        public float[] Memory(int index) => _memory[index] ??= new float[Parameter.Count];
    }

    public override void add_param_group(ParamGroup param_group)
    {
        List<Parameter> parameters = [.. param_group.Parameters];
        foreach (Parameter parameter in parameters)
        {
            if (!parameter.is_leaf)
                throw new ArgumentException($"{_name}: a parameter of shape {parameter.Text} is the result of an operation; only leaves can be trained");
            if (!_known.Add(parameter))
                throw new ArgumentException($"{_name}: a parameter of shape {parameter.Text} is there twice");
        }
        FillIn(param_group);
        if (!(param_group.LearningRate >= 0))
            throw new ArgumentOutOfRangeException(nameof(param_group), param_group.LearningRate, $"{_name}: the learning rate is not a number >= 0");
        param_group.InitialLearningRate = param_group.LearningRate;
        param_group.Parameters = parameters;
        _groups.Add(param_group);
        _states.Add([.. parameters.Select(parameter => new State(parameter))]);
    }

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable withGrad = torch.enable_grad();
            loss = closure();
        }
        for (int i = 0; i < _groups.Count; i++)
            foreach (State state in _states[i])
                if (state.Parameter.Gradient is torch.Tensor gradient)
                    Step(_groups[i], state, gradient);
        return loss;
    }

    private void Step(ParamGroup group, State state, torch.Tensor gradient)
    {
        state.Step++;
        using torch.Tensor? dense = gradient.Contiguous ? null : gradient.Dense();
        Update(group, state, state.Parameter.Floats, (dense ?? gradient).Floats);
        state.Parameter.Use(_name).MarkChanged();
    }

    /// <summary>Adds the groups of a constructor.</summary>
    /// <exception cref="ArgumentException">There is no parameter in them.</exception>
    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        foreach (ParamGroup group in groups)
            add_param_group(group);
        if (_known.Count == 0)
            throw new ArgumentException($"{_name}: there is no parameter to train");
    }

    /// <summary>Refuses a setting outside [low, high).</summary>
    private protected void CheckRange(double value, double low, double high, string setting)
    {
        if (!(value >= low && value < high))
            throw new ArgumentOutOfRangeException(setting, value, $"{_name}: {setting} must be at least {low} and below {high}");
    }

    /// <summary>Puts the optimiser's own settings where the group has none, and checks them.</summary>
    private protected abstract void FillIn(ParamGroup group);

    /// <summary>One step of one parameter.</summary>
    private protected abstract void Update(ParamGroup group, State state, Span<float> weights, ReadOnlySpan<float> gradient);
}
