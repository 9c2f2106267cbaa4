using System.Diagnostics;
using Bridge.StandIn.Language;
using Bridge.StandIn.Plugins;

namespace Bridge.StandIn.Commands;

/// <summary>Calls into plugins.</summary>
internal static class PluginCommands
{
    public static void AddTo(CommandSet set)
    {
        set.Add("Plugin", 2, Plugin);
        set.Add("ListPluginCalls", 0, List);
    }

    private static void Plugin(CommandCall call)
    {
        string name = call.Text(1) == ":" && call.World.Plugins.LastCalled.Length > 0 ? call.World.Plugins.LastCalled : call.Text(1);
        call.World.Plugins.LastCalled = name;
        (IPlugin plugin, PluginSignature signature) = call.World.Plugins.Find(name, call.Text(2));
        // One entry for the plugin's name, one for the function's.
        if (call.Items.Count - 1 < 2 + signature.Entries)
            throw new ScriptFault($"the plugin function {signature.Name} needs {signature.Entries} values and there are {call.Items.Count - 3}") { AlwaysInBox = true };
        Span<int> ints = stackalloc int[signature.NumInts];
        Span<double> doubles = stackalloc double[signature.DoublesIn];
        for (int i = 0; i < ints.Length; i++)
            ints[i] = call.Integer(3 + i);
        for (int i = 0; i < doubles.Length; i++)
            doubles[i] = call.Number(3 + i);
        // A text takes the rest of the line, behind all but one of the entries that count it.
        string? text = signature.IfString > 0 ? call.Rest(2 + signature.Entries) : null;
        Span<double> outs = stackalloc double[signature.DoublesOut];
        long began = Stopwatch.GetTimestamp();
        double result = plugin.Call(signature, ints, doubles, text, outs, out string? textOut);
        call.World.Plugins.Times.Note(signature.Name, began);
        var values = new List<string> { Numbers.Format(result) };
        foreach (double value in outs)
            values.Add(Numbers.Format(value));
        if (!string.IsNullOrEmpty(textOut))
            values.Add(textOut);
        call.Run.Variables.Report(values.ToArray());
        call.LogReport($"The return value from {signature.Name} was {values[0]}{(values.Count > 1 ? $" and it returned {string.Join(", ", values.Skip(1))}" : "")}");
    }

    private static void List(CommandCall call)
    {
        foreach (IPlugin plugin in call.World.Plugins.Loaded)
        {
            call.World.Log.Write($"Functions for plugin {plugin.Name}:");
            foreach (PluginSignature signature in plugin.Functions)
                call.World.Log.Write(signature.ToString());
        }
        if (call.World.Plugins.Loaded.Count == 0)
            call.World.Log.Write("No plugins were loaded");
    }
}
