using System.Diagnostics;
using Bridge.Client;
using Bridge.Contracts;
using Bridge.Testing;

namespace Bridge.SerialEM.Tests.Support;

/// <summary>Calls a plugin as a script does, and asks again while the answer is pending.</summary>
public sealed class Script : IDisposable
{
    private static readonly TimeSpan PatienceLimit = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    /// <param name="endpoint">Where the host is; nobody is there by default.</param>
    public Script(string endpoint = "tcp://127.0.0.1:9", string hostProgram = "none", bool chooseFolder = false, TimeSpan? hostStartLimit = null)
    {
        Plugin = new PluginHost(new PluginSettings
        {
            Endpoint = endpoint, DataFolder = _folder.Path, DataFolderIsChosen = chooseFolder, HostProgram = hostProgram, HostStartLimit = hostStartLimit ?? TimeSpan.FromSeconds(30),
            SecretFile = chooseFolder ? Installation.SecretFileIn(_folder.Path) : null,  // a host that is started there makes it
        });
    }

    public PluginHost Plugin { get; }

    public TempFolder Folder => _folder;

    public double[] Outs { get; } = new double[3];

    public string? Text { get; private set; }

    public string Log
    {
        get
        {
            Plugin.FlushLog();
            return File.Exists(_folder.File("plugin.log")) ? File.ReadAllText(_folder.File("plugin.log")) : "";
        }
    }

    public double Call(string name, params double[] values)
    {
        PluginFunction function = PluginFunctions.Find(name) ?? throw new ArgumentException(name);
        double result = function.NumInts > 0
            ? Plugin.Invoke(name, [.. values.Select(value => (int)value)], [], null, Outs, out string? text)
            : Plugin.Invoke(name, [], values, null, Outs, out text);
        Text = text;
        return result;
    }

    public double CallText(string name, string value)
    {
        double result = Plugin.Invoke(name, [], name == "Explain" ? [0, 0, 0] : [], value, Outs, out string? text);
        Text = text;
        return result;
    }

    /// <summary>Opens a session on a file of that name, which must succeed.</summary>
    public void Open(string path = "grid.nav")
    {
        double targets = Until(() => CallText("OpenSession", _folder.File(path)));
        Assert.IsTrue(targets > 0, Plugin.LastFault);
    }

    public double Suggest() => Until(() => Call("SuggestNextHole"));

    public string Explain(string about)
    {
        Until(() => CallText("Explain", about));
        return Text!;
    }

    /// <summary>Repeats a call as long as it is pending.</summary>
    public static double Until(Func<double> call)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < PatienceLimit)
        {
            double result = call();
            if (result != 0)
                return result;
        }
        throw new TimeoutException($"still pending after {PatienceLimit}");
    }

    public static void IsFault(FaultCode code, double result, string explanation, params string[] words)
    {
        Assert.AreEqual((double)code, result, explanation);
        StringAssert.Contains(explanation, $"{code} ({(int)code}): ");
        foreach (string word in words)
            StringAssert.Contains(explanation, word);
    }

    public void Dispose()
    {
        Plugin.Dispose();
        _folder.Dispose();
    }
}
