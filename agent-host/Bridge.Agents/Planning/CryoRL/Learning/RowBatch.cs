using System.Runtime.InteropServices;
using Bridge.Agents.Planning.CryoRL.Features;
using static TorchSharp.torch;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>The candidates of one or more states as rows of one tensor. The tensor belongs to the dispose scope it was made in.</summary>
internal sealed class RowBatch
{
    private readonly int[] _starts;

    private RowBatch(int[] starts)
    {
        _starts = starts;
        Inputs = empty(starts[^1], FeatureTable.Width);
    }

    /// <summary>(rows, <see cref="FeatureTable.Width"/>), state by state.</summary>
    public Tensor Inputs { get; }

    /// <summary>Number of states.</summary>
    public int States => _starts.Length - 1;

    /// <summary>First row of a state; of <see cref="States"/>, the number of rows.</summary>
    public int StartOf(int state) => _starts[state];

    public int RowsOf(int state) => _starts[state + 1] - _starts[state];

    /// <summary>All candidates of some states, each of which has one or more.</summary>
    public static RowBatch Of(IReadOnlyList<StateRows> states)
    {
        int[] starts = new int[states.Count + 1];
        for (int i = 0; i < states.Count; i++)
            starts[i + 1] = starts[i] + states[i].Count;
        var batch = new RowBatch(starts);
        Span<float> inputs = batch.Values;
        for (int i = 0; i < states.Count; i++)
            states[i].CopyTo(inputs[(starts[i] * FeatureTable.Width)..]);
        return batch;
    }

    /// <summary>The candidate that was taken in each transition, as if it were the only one of its state.</summary>
    public static RowBatch OfTaken(IReadOnlyList<Transition> transitions)
    {
        int[] starts = new int[transitions.Count + 1];
        for (int i = 0; i < starts.Length; i++)
            starts[i] = i;
        var batch = new RowBatch(starts);
        Span<float> inputs = batch.Values;
        for (int i = 0; i < transitions.Count; i++)
            transitions[i].State.CopyRow(transitions[i].Row, inputs.Slice(i * FeatureTable.Width, FeatureTable.Width));
        return batch;
    }

    /// <summary>Of each state the row with the highest score, the first of several, as an Int64 tensor (states).</summary>
    /// <param name="scores">One for each row.</param>
    public Tensor Best(ReadOnlySpan<float> scores)
    {
        long[] best = new long[States];
        for (int state = 0; state < best.Length; state++)
            best[state] = StartOf(state) + IndexOfBest(scores.Slice(StartOf(state), RowsOf(state)));
        return tensor(best);
    }

    /// <summary>The first of the highest scores; 0 where none is a number.</summary>
    public static int IndexOfBest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best] || float.IsNaN(scores[best]))
                best = i;
        }
        return best;
    }

    private Span<float> Values => MemoryMarshal.Cast<byte, float>(Inputs.bytes);
}
