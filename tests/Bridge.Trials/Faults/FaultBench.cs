using Bridge.Agents.Planning.Simulation;
using Bridge.Client;
using Bridge.Domain.Navigator;
using Bridge.Domain.Specimen;
using Bridge.Testing;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Faults;

/// <summary>What a trial works on: a real host in a fresh folder, a simulated grid, and beside whoever plays a script that is only told to stop.</summary>
internal sealed class FaultBench : IDisposable
{
    private static readonly TimeSpan LogLimit = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly Lazy<Script> _watch;

    /// <param name="dataFolder">The host's folder; null takes one of the bench's own.</param>
    /// <param name="holes">Of the simulated grid.</param>
    /// <param name="hasSecret">False where a proxy stands between client and host, since a proof is good for the host's own port only, or where peers shall get as far as they can.</param>
    public FaultBench(int seed, string? dataFolder = null, int holes = 1500, bool hasSecret = true, params string[] hostArguments)
    {
        Specimen = SimulatedGrid.Create(SimulatedGridSettings.ForHoles(holes, seed));
        Navigator = _folder.File("grid.nav");
        NavigatorWriter.Write(Navigator, Specimen.Grid);
        DataFolder = dataFolder ?? _folder.File("data");
        SecretFile = hasSecret ? Path.Combine(DataFolder, "secret") : null;
        Host = new HostUnderTest(DataFolder, ["--secret-file", SecretFile ?? Installation.NoSecret, .. hostArguments]);
        _watch = new Lazy<Script>(() =>
        {
            var script = NewScript("stop-watch");
            script.Open(Navigator);
            return script;
        });
    }

    public string DataFolder { get; }

    /// <summary>As a user's host and clients have it; null for none.</summary>
    public string? SecretFile { get; }

    /// <summary>A folder for what is not the host's.</summary>
    public string OwnFolder => _folder.Path;

    public HostUnderTest Host { get; }

    public MeasuredGrid Specimen { get; }

    /// <summary>The grid as a Navigator file.</summary>
    public string Navigator { get; }

    /// <summary>Journals of all sessions but the watching script's.</summary>
    public IEnumerable<string> Journals => Host.Journals().Where(path => !path.Contains("stop-watch", StringComparison.Ordinal));

    /// <summary>A client by the contract.</summary>
    /// <param name="endpoint">Other than the host's own.</param>
    public Asker NewAsker(string? endpoint = null, TimeSpan? attempt = null) => new(endpoint ?? Host.Endpoint, Specimen, SecretFile, attempt);

    /// <summary>A script with the plugin's functions.</summary>
    public Script NewScript(string session) => new(Host.Endpoint, DataFolder, session, SecretFile);

    /// <summary>The journal of an open session.</summary>
    public string JournalOf(string session) => Path.Combine(DataFolder, "sessions", $"session-{session}.jsonl");

    /// <summary>Opens the watching script's session.</summary>
    public void BeginWatch() => _ = _watch.Value;

    /// <exception cref="TrialLossException">STOP was said and not obeyed.</exception>
    public void StopMustBeObeyed()
    {
        if (_watch.Value.DisobeysStop() is { } why)
            throw new TrialLossException(why);
    }

    /// <exception cref="TrialLossException">A technician would not find it in host.log.</exception>
    public void LogMustSay(string words)
        => Require.Soon(() => LogLines().Any(line => line.Contains(words, StringComparison.Ordinal)), LogLimit, $"host.log does not say '{words}'");

    /// <summary>Lines of host.log and of the one before it.</summary>
    public IEnumerable<string> LogLines() => new[] { "host.1.log", "host.log" }.Select(name => Path.Combine(DataFolder, name)).Where(File.Exists).SelectMany(File.ReadLines);

    /// <summary>What <c>agent-host doctor</c> says of this folder and this host.</summary>
    public string Doctor() => HostUnderTest.Run("doctor", "--data-folder", DataFolder, "--endpoint", Host.Endpoint).Output;

    public void Dispose()
    {
        if (_watch.IsValueCreated)
            _watch.Value.Dispose();
        Host.Dispose();
        _folder.Dispose();
    }
}
