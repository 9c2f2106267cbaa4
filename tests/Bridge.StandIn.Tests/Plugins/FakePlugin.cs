using Bridge.StandIn.Plugins;

namespace Bridge.StandIn.Tests.Plugins;

/// <summary>One function of each form; it returns the sum of what it got and gives 1, 2, 3 or the text in capitals.</summary>
internal sealed class FakePlugin : IPlugin
{
    public string Name => "Fake";

    public IReadOnlyList<PluginSignature> Functions { get; } =
    [
        new("None", 0, 0, 0), new("Two", 0, 2, 0), new("Seven", 0, 7, 0), new("Ints", 3, 0, 0), new("Text", 0, 0, 1), new("DoublesText", 0, 2, 1),
        new("IntText", 1, 0, 1), new("Out", 0, 3, -1), new("OutOne", 0, 1, -1), new("IntOut", 1, 3, -1), new("Echo", 0, 3, 2), new("Mixed", 1, 1, 0),
    ];

    public string? LastText { get; private set; }

    public double Call(PluginSignature signature, ReadOnlySpan<int> ints, ReadOnlySpan<double> doubles, string? text, Span<double> outs, out string? textOut)
    {
        double sum = 0;
        foreach (int value in ints)
            sum += value;
        foreach (double value in doubles)
            sum += value;
        for (int i = 0; i < outs.Length; i++)
            outs[i] = i + 1;
        LastText = text;
        textOut = signature.IfString > 1 ? text!.ToUpperInvariant() : null;
        return sum;
    }
}
