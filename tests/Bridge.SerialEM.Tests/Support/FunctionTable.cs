using System.Text;

namespace Bridge.SerialEM.Tests.Support;

/// <summary>The table of functions for people, made from the same data as everything else.</summary>
public static class FunctionTable
{
    public const string Begin = "<!-- functions: made from PluginFunctions, see FunctionTableTests -->\n";
    public const string End = "<!-- end of functions -->";

    public static string Markdown()
    {
        var text = new StringBuilder("| function | arguments | RepVal1 | RepVal2 … | what it does |\n| --- | --- | --- | --- | --- |\n");
        foreach (PluginFunction function in PluginFunctions.All)
        {
            string arguments = function.Arguments.Count == 0 ? "none" : (function.IfString > 0 && function.DoublesIn == 0 ? "text: " : "") + string.Join("; ", function.Arguments);
            text.Append($"| `{function.Name}` | {arguments} | {function.Returns} | {string.Join("; ", function.Results)} | {function.Help} |\n");
        }
        return text.ToString();
    }
}
