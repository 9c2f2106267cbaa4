using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>The managed way in, to the one plugin of this process: what the exports call, and who loads the assembly instead of the DLL.</summary>
public static class PluginCalls
{
    // Made by the first call, not by loading the DLL.
    private static readonly Lazy<PluginHost> Host = new(static () => new PluginHost(PluginSettings.FromEnvironment()));

    /// <inheritdoc cref="PluginHost.Invoke"/>
    public static double Invoke(string name, ReadOnlySpan<int> ints, ReadOnlySpan<double> doubles, string? text, Span<double> outs, out string? textOut)
    {
        try
        {
            return Host.Value.Invoke(name, ints, doubles, text, outs, out textOut);
        }
        catch (Exception e)
        {
            // Not even the start of the plugin may throw into SerialEM.
            textOut = FaultTexts.Sentence(FaultCode.Internal, $"the plugin cannot start: {e.GetType().Name}: {e.Message}");
            return (double)FaultCode.Internal;
        }
    }
}
