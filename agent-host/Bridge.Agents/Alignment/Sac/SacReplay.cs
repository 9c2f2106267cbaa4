using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Bridge.Agents.Alignment.Sac;

/// <summary>The last transitions, in arrays that never grow.</summary>
internal sealed class SacReplay(int capacity, int observations, int actions, IGoalRelabelling? relabelling = null)
{
    private readonly float[] _states = new float[capacity * observations], _next = new float[capacity * observations], _actions = new float[capacity * actions];
    private readonly float[] _rewards = new float[capacity], _goesOn = new float[capacity];
    private int _place;

    public int Count { get; private set; }

    /// <param name="terminated">The episode ended here by itself: nothing follows. Not when it was only cut off.</param>
    public void Add(ReadOnlySpan<float> state, ReadOnlySpan<float> action, double reward, ReadOnlySpan<float> next, bool terminated)
    {
        int at = _place;
        _place = (at + 1) % capacity;
        Count = Math.Max(Count, at + 1);
        state.CopyTo(_states.AsSpan(at * observations));
        action.CopyTo(_actions.AsSpan(at * actions));
        next.CopyTo(_next.AsSpan(at * observations));
        (_rewards[at], _goesOn[at]) = ((float)reward, terminated ? 0 : 1);
    }

    public void Clear() => (_place, Count) = (0, 0);

    /// <summary>Transitions drawn with replacement, as tensors of the surrounding scope.</summary>
    public SacBatch Sample(SacSettings settings, Random random)
    {
        int size = settings.BatchSize;
        var batch = new SacBatch(empty(size, observations + actions), empty(size, observations), empty(size, observations), empty(size, 1), empty(size, 1));
        Span<float> pairs = Floats(batch.StatesAndActions), states = Floats(batch.States), next = Floats(batch.Next), rewards = Floats(batch.Rewards), goesOn = Floats(batch.GoesOn);
        int width = observations + actions;
        for (int row = 0; row < size; row++)
        {
            int from = random.Next(Count);
            Span<float> state = states.Slice(row * observations, observations), following = next.Slice(row * observations, observations);
            _states.AsSpan(from * observations, observations).CopyTo(state);
            _next.AsSpan(from * observations, observations).CopyTo(following);
            (rewards[row], goesOn[row]) = (_rewards[from], _goesOn[from]);
            Span<float> pair = pairs.Slice(row * width, width), action = pair[observations..];
            _actions.AsSpan(from * actions, actions).CopyTo(action);
            if (relabelling is not null && random.NextDouble() < settings.Relabelled && relabelling.Relabel(state, action, following, random) is { } other)
                (rewards[row], goesOn[row]) = ((float)(settings.RewardScale * other.Reward), other.Terminated ? 0 : 1);
            state.CopyTo(pair);
        }
        return batch;
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
