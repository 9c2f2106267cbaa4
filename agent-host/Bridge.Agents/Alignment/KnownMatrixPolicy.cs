using System.Globalization;

namespace Bridge.Agents.Alignment;

/// <summary>Knows the response in advance and goes straight to the goal: the limit that the others are measured against.</summary>
/// <param name="response">Displacement in px for one unit of shift.</param>
public sealed class KnownMatrixPolicy(AlignmentSettings settings, Matrix2 response) : IAlignmentPolicy
{
    public string Name => AlignmentPolicies.KnownMatrix;

    public AlignmentResult Next(AlignmentState state)
    {
        Xy error = settings.Goal - state.Seen!.Value;
        return new AlignmentResult.Move(state.Shift + (response.Inverse * error).AtMost(settings.MaxStep), string.Create(CultureInfo.InvariantCulture, $"{error.Length:0.#} px to go"));
    }

    public void Observe(AlignmentState state)
    {
    }
}
