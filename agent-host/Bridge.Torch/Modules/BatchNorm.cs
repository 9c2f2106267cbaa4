namespace TorchSharp.Modules;

/// <summary>
/// Normalises each channel to mean 0 and variance 1, in training by the batch's own statistics, which it keeps a running average of, and in use by
/// that average (Ioffe and Szegedy 2015).
/// </summary>
public abstract class BatchNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly string _name;

    private protected BatchNorm(string name, long features, double eps, double momentum, bool affine, bool trackStatistics) : base(name)
    {
        _name = name;
        num_features = Sizes.AtLeast(1, features, name + ": num_features");
        (this.eps, this.momentum) = (eps, momentum);
        if (affine)
        {
            weight = Parameter.Filled(1, features);
            bias = Parameter.Filled(0, features);
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }
        if (!trackStatistics)
            return;
        running_mean = torch.zeros(features);
        running_var = torch.ones(features);
        num_batches_tracked = torch.zeros([], dtype: torch.ScalarType.Int64);
        register_buffer(nameof(running_mean), running_mean);
        register_buffer(nameof(running_var), running_var);
        register_buffer(nameof(num_batches_tracked), num_batches_tracked);
    }

    public long num_features { get; }

    public double eps { get; }

    /// <summary>Weight of the newest batch in the running average; 0 stands for the plain average over all batches.</summary>
    public double momentum { get; }

    public Parameter? weight { get; }

    public Parameter? bias { get; }

    public torch.Tensor? running_mean { get; }

    public torch.Tensor? running_var { get; }

    public torch.Tensor? num_batches_tracked { get; }

    public override torch.Tensor forward(torch.Tensor input)
    {
        CheckDimensions(input);
        double factor = momentum;
        if (training && num_batches_tracked is not null)
        {
            long batches = ++num_batches_tracked.Longs[0];
            factor = momentum == 0 ? 1.0 / batches : momentum;
        }
        return torch.nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training || running_mean is null, factor, eps);
    }

    public void reset_running_stats()
    {
        running_mean?.Floats.Clear();
        running_var?.Floats.Fill(1);
        num_batches_tracked?.Longs.Clear();
    }

    private protected abstract bool Fits(long dimensions);

    private void CheckDimensions(torch.Tensor input)
    {
        if (!Fits(input.ndim) || input.Sizes[1] != num_features)
            throw new ArgumentException($"{_name}: the input is {input.Text}, the layer has {num_features} features");
    }
}
