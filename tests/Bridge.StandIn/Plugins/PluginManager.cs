using Bridge.StandIn.Language;

namespace Bridge.StandIn.Plugins;

/// <summary>The plugins that are loaded, and SerialEM's rules for finding a function in them.</summary>
internal sealed class PluginManager
{
    private readonly List<IPlugin> _loaded = [];

    public IReadOnlyList<IPlugin> Loaded => _loaded;

    /// <summary>For <c>Plugin : Function</c>.</summary>
    public string LastCalled { get; set; } = "";

    public CallTimes Times { get; } = new();

    public void Add(IPlugin plugin) => _loaded.Add(plugin);

    /// <exception cref="ScriptFault">No such plugin, no such function in it, or one of a form that cannot be called.</exception>
    public (IPlugin Plugin, PluginSignature Signature) Find(string plugin, string function)
    {
        IPlugin found = _loaded.Find(candidate => candidate.Name == plugin) ?? throw Refuse($"there is no plugin loaded named {plugin}{(_loaded.Count > 0 ? $" (there is {string.Join(", ", _loaded.Select(loaded => loaded.Name))})" : "; give --plugins FOLDER")}");
        PluginSignature signature = found.Functions.FirstOrDefault(candidate => candidate.Name == function) ?? throw Refuse($"there is no function named {function} in the plugin {plugin}");
        return signature.IsCallable ? (found, signature) : throw Refuse($"the plugin function {function} requires a list of arguments that SerialEM cannot send");
    }

    /// <summary>Files of a Plugins folder that 64-bit SerialEM tries, in the order of their names.</summary>
    public static IEnumerable<string> Candidates(string folder)
        => Directory.EnumerateFiles(folder, "*.dll").Where(path => !path.EndsWith("-32.dll", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Files beside SerialEM.exe that it tries.</summary>
    public static IEnumerable<string> CandidatesBesideProgram(string folder)
        => Candidates(folder).Where(path => Path.GetFileName(path).Contains("Plugin", StringComparison.OrdinalIgnoreCase));

    private static ScriptFault Refuse(string message) => new(message) { AlwaysInBox = true };
}
