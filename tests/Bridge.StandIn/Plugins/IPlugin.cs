namespace Bridge.StandIn.Plugins;

/// <summary>A loaded plugin.</summary>
internal interface IPlugin
{
    /// <summary>The name by which scripts call it; case counts.</summary>
    string Name { get; }

    IReadOnlyList<PluginSignature> Functions { get; }

    /// <summary>Calls a function; the counts fit its signature.</summary>
    /// <param name="text">The text in, if it takes one.</param>
    /// <param name="outs">Takes the numbers out.</param>
    /// <param name="textOut">The text out, if it gives one.</param>
    double Call(PluginSignature signature, ReadOnlySpan<int> ints, ReadOnlySpan<double> doubles, string? text, Span<double> outs, out string? textOut);
}
