using Bridge.Torch.Kernels;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: groups, the state of each parameter, the loop of a step.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    /// <summary>Elements a block: the parameters are cut alike for any number of threads.</summary>
    private const int Block = 4096;

    /// <summary>A step of one element, in the multiply-adds that <see cref="Workers"/> counts in; it is mostly memory, a root and a division.</summary>
    private const long WorkPerElement = 16;

    private readonly HashSet<Parameter> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<State[]> _states = [];
    private readonly List<Job> _jobs = [];
    private readonly string _name;

    private protected OptimizerHelper(string name) => _name = name;

    /// <summary>One parameter and what the optimiser remembers of it; arrays are made when first asked for.</summary>
    private protected sealed class State(Parameter parameter)
    {
        private readonly float[]?[] _memory = new float[]?[3];

        public Parameter Parameter { get; } = parameter;

        public long Step { get; set; }

        /// <summary>A part of an array as long as the parameter, zeros at first. Blocks of one parameter may ask at once.</summary>
        public Span<float> Memory(int index, int start, int count)
            => (_memory[index] ?? Interlocked.CompareExchange(ref _memory[index], new float[Parameter.Count], null) ?? _memory[index]!).AsSpan(start, count);
    }

    /// <summary>A parameter in this step: its contiguous gradient, and the number of its first block.</summary>
    private readonly record struct Job(ParamGroup Group, State State, torch.Tensor Gradient, int FirstBlock);

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
        try
        {
            StepAll();
        }
        finally
        {
            foreach (Job job in _jobs)
                if (!ReferenceEquals(job.Gradient, job.State.Parameter.Gradient))
                    job.Gradient.Dispose();
            _jobs.Clear();
        }
        return loss;
    }

    /// <summary>One pass over all parameters, cut in blocks, so that many small ones keep several threads busy too.</summary>
    private void StepAll()
    {
        int blocks = 0;
        long count = 0;
        for (int i = 0; i < _groups.Count; i++)
            foreach (State state in _states[i])
            {
                if (state.Parameter.Gradient is not torch.Tensor gradient)
                    continue;
                state.Step++;
                state.Parameter.Use(_name).MarkChanged();
                _jobs.Add(new Job(_groups[i], state, gradient.Dense().DetachFromDisposeScope(), blocks));
                blocks += (gradient.Count + Block - 1) / Block;
                count += gradient.Count;
            }
        Workers.For(blocks, new Blocks(this), count * WorkPerElement);
    }

    private readonly struct Blocks(OptimizerHelper optimiser) : IBlockWork
    {
        public void Run(int block)
        {
            List<Job> jobs = optimiser._jobs;
            int low = 0, high = jobs.Count - 1;
            while (low < high)   // the last job that begins at or before this block; one without elements shares its number with the next
            {
                int middle = (low + high + 1) / 2;
                (low, high) = jobs[middle].FirstBlock <= block ? (middle, high) : (low, middle - 1);
            }
            Job job = jobs[low];
            int start = (block - job.FirstBlock) * Block, count = Math.Min(Block, job.Gradient.Count - start);
            optimiser.Update(job.Group, job.State, start, job.State.Parameter.Floats.Slice(start, count), job.Gradient.Floats.Slice(start, count));
        }
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

    /// <summary>One step of a part of one parameter, from element <paramref name="start"/> on. Any thread calls it.</summary>
    private protected abstract void Update(ParamGroup group, State state, int start, Span<float> weights, ReadOnlySpan<float> gradient);
}
