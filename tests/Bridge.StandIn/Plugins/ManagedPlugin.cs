#if MANAGED_PLUGIN
using Bridge.SerialEM;

namespace Bridge.StandIn.Plugins;

/// <summary>Bridge's own plugin without its DLL: the same functions, called directly, where no Windows DLL can be loaded.</summary>
internal sealed class ManagedPlugin : IPlugin
{
    public string Name => PluginFunctions.PluginName;

    public IReadOnlyList<PluginSignature> Functions { get; } =
        [.. PluginFunctions.All.Select(function => new PluginSignature(function.Name, function.NumInts, function.NumDoubles, function.IfString))];

    public double Call(PluginSignature signature, ReadOnlySpan<int> ints, ReadOnlySpan<double> doubles, string? text, Span<double> outs, out string? textOut)
        => PluginCalls.Invoke(signature.Name, ints, doubles, text, outs, out textOut);
}
#endif
