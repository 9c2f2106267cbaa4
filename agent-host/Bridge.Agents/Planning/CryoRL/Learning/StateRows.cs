using Bridge.Agents.Planning.CryoRL.Features;

namespace Bridge.Agents.Planning.CryoRL.Learning;

/// <summary>What a learner keeps of a state: the past that all candidates share, and the step of each candidate. Some 4 kB for 25 patches.</summary>
internal sealed class StateRows
{
    private readonly float[] _past;
    private readonly float[] _steps;

    public StateRows(Candidates candidates)
    {
        _past = candidates.Past.ToArray();
        _steps = candidates.Steps.ToArray();
        Count = candidates.Count;
    }

    /// <summary>Number of candidates.</summary>
    public int Count { get; }

    /// <summary>Writes the inputs of all candidates: (<see cref="Count"/>, <see cref="FeatureTable.Width"/>).</summary>
    public void CopyTo(Span<float> inputs)
    {
        for (int row = 0; row < Count; row++)
            CopyRow(row, inputs.Slice(row * FeatureTable.Width, FeatureTable.Width));
    }

    /// <summary>Writes the input of one candidate: (<see cref="FeatureTable.Width"/>).</summary>
    public void CopyRow(int row, Span<float> input)
    {
        _past.CopyTo(input);
        _steps.AsSpan(row * FeatureTable.StepWidth, FeatureTable.StepWidth).CopyTo(input[FeatureTable.PastWidth..]);
    }
}
