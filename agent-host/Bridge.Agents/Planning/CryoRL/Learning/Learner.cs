using System.Runtime.InteropServices;
using Bridge.Contracts;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>A network and how it learns from transitions. <see cref="PlannerTraining"/> plays; one thread at a time.</summary>
internal abstract class Learner : IDisposable
{
    private readonly Adam _optimiser;
    private long _updates;

    protected Learner(LearnerSettings settings, IRowMeaning meaning, Generator generator)
    {
        (Settings, Meaning) = (settings, meaning);
        Network = Learners.NewNetwork(settings, generator);
        Average = settings.WeightAverage > 0 ? Learners.NewNetwork(settings, generator) : null;
        _optimiser = optim.Adam(Network.parameters(), settings.LearningRate, 0.9, 0.999);
    }

    public LearnerSettings Settings { get; }

    public RowNetwork Network { get; }

    /// <summary>The weights to use: <see cref="Network"/>'s, or their running average.</summary>
    public RowNetwork Learned => Average ?? Network;

    private RowNetwork? Average { get; }

    /// <summary>Loss of the last update; NaN before the first.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>What the outputs of the network mean.</summary>
    public IRowMeaning Meaning { get; }

    /// <summary>The candidate to take while learning, where it is not drawn at random.</summary>
    /// <param name="scores">Of one state's candidates.</param>
    public abstract int Choose(ReadOnlySpan<float> scores, Random random);

    /// <summary>Remembers a transition.</summary>
    public abstract void Add(Transition transition);

    /// <summary>Learns from what is remembered, once all collections have moved; does nothing where it is not yet time.</summary>
    public abstract void Learn(Random random);

    /// <summary>Sets the learning rate, for a share of the training done.</summary>
    public void Progress(double progress)
    {
        foreach (optim.ILearningRateController group in _optimiser.ParamGroups)
            group.LearningRate = Settings.LearningRateAt(progress);
    }

    public virtual void Dispose()
    {
        _optimiser.Dispose();
        Network.Dispose();
        Average?.Dispose();
    }

    /// <summary>One step down a loss.</summary>
    /// <exception cref="ContractException">It is no number.</exception>
    protected void Descend(Tensor loss)
    {
        Loss = loss.item<float>();
        if (!double.IsFinite(Loss))
            throw new ContractException(FaultCode.BadField, $"the loss of {Settings.Name} is no number any more; lower the learning rate of {Settings.LearningRate}");
        _optimiser.zero_grad();
        loss.backward();
        _optimiser.step();
        if (Average is not null)
            UpdateAverage(Average);
    }

    /// <summary>At the beginning the average reaches less far back, so that the first weights are soon forgotten.</summary>
    private void UpdateAverage(RowNetwork average)
    {
        double share = Math.Min(Settings.WeightAverage, _updates / (_updates + 10.0));
        _updates++;
        using IDisposable noGrad = no_grad();
        foreach ((Parameter to, Parameter from) in average.parameters().Zip(Network.parameters()))
            to.mul_(share).add_(from, alpha: 1 - share);
    }

    protected static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
