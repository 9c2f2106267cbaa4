using Bridge.Client;

namespace Bridge.SerialEM;

/// <summary>Where the plugin finds things. Defaults work; environment variables change them.</summary>
public sealed record PluginSettings
{
    /// <summary>Where the host listens unless <c>Connect</c> says otherwise (BRIDGE_ENDPOINT, else as installed).</summary>
    public string Endpoint { get; init; } = Installation.Endpoint;

    /// <summary>Folder of the log and of the STOP file (BRIDGE_DATA_FOLDER); the host's own default too.</summary>
    public string DataFolder { get; init; } = Installation.DataFolder;

    /// <summary>True if the folder was chosen, so that a host started from here must be told.</summary>
    public bool DataFolderIsChosen { get; init; }

    /// <summary>The program agent-host (BRIDGE_AGENT_HOST), <c>none</c> to start no host, or null to look in the usual places.</summary>
    public string? HostProgram { get; init; }

    /// <summary>File with the host's secret (BRIDGE_SECRET_FILE, else <c>secret</c> in the data folder), or null where the host asks for none.</summary>
    public string? SecretFile { get; init; }

    /// <summary>What a host that is started from here must be told of the secret: a file, <c>none</c>, or null for nothing.</summary>
    public string? ChosenSecret { get; init; }

    /// <summary>How long the first call that needs the host may be pending, while nobody answers, before it fails.</summary>
    public TimeSpan HostStartLimit { get; init; } = TimeSpan.FromSeconds(30);

    public static PluginSettings FromEnvironment()
    {
        var defaults = new PluginSettings();
        string? folder = Read("BRIDGE_DATA_FOLDER"), secret = Read("BRIDGE_SECRET_FILE");
        return defaults with
        {
            Endpoint = Read("BRIDGE_ENDPOINT") ?? defaults.Endpoint,
            DataFolder = folder ?? defaults.DataFolder,
            DataFolderIsChosen = folder is not null,
            HostProgram = Read("BRIDGE_AGENT_HOST"),
            SecretFile = secret switch
            {
                null => Installation.SecretFileIn(folder ?? defaults.DataFolder),
                Installation.NoSecret => null,
                _ => Path.GetFullPath(secret),
            },
            ChosenSecret = secret is null or Installation.NoSecret ? secret : Path.GetFullPath(secret),
        };
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
