namespace Bridge.Agents.Classifier.Crops;

/// <summary>How the grey values of a session's crops become a network's input.</summary>
/// <param name="Greys">For all views; where each has its own zero, of the values above it.</param>
/// <param name="ZeroOfView">Brightness of the film of each view; null where one scale is for all.</param>
public sealed record ViewScale(GreyScale Greys, IReadOnlyDictionary<int, float>? ZeroOfView)
{
    /// <summary>True if the views could not be compared.</summary>
    public bool IsByView => ZeroOfView is not null;

    /// <summary>Normalises one crop in place; pixels that are no numbers become 0.</summary>
    public void Apply(Span<float> crop, int view)
    {
        float zero = ZeroOfView is not null && ZeroOfView.TryGetValue(view, out float film) ? film : 0;
        (Greys with { Median = Greys.Median + zero }).Apply(crop);
    }
}
