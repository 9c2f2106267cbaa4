using System.ComponentModel.DataAnnotations;
using Bridge.Client;

namespace Bridge.AgentHost.Serving;

/// <summary>Settings of <c>agent-host serve</c>, from the command line, from environment variables <c>BRIDGE_Host__…</c>, or from the
/// section <c>Host</c> of <c>agent-host.json</c> in the data folder. All are checked at start, and all errors are told at once.</summary>
public sealed class AgentHostOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Host";

    /// <summary>Where to listen: loopback only, default <c>tcp://127.0.0.1:48950</c>, or the port chosen at installation; port 0 takes a free one.</summary>
    [LoopbackEndpoint]
    public string Endpoint { get; set; } = Installation.Endpoint;

    /// <summary>Folder for session journals and the log; default: <c>Bridge</c> in the user's local application data.</summary>
    [Required(ErrorMessage = "DataFolder must name a folder that this user can write to.")]
    public string DataFolder { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "Bridge");

    /// <summary>Most sessions open at once, 1 to 1000, default 64.</summary>
    [Range(1, 1000)]
    public int MaxSessions { get; set; } = 64;

    /// <summary>Most requests that may wait in one session, 1 to 100 000, default 256; one more is answered <c>Busy</c>.</summary>
    [Range(1, 100_000)]
    public int MailboxCapacity { get; set; } = 256;

    /// <summary>Longest wait for sessions to finish what they are at when the host stops, 0 to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>File with the secret that clients must show (ZMTP PLAIN, user <c>bridge</c>); empty asks for none.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>Planner of sessions that do not ask for one; empty takes the model's, or without a model <c>rate</c>.</summary>
    [KnownPlanner]
    public string Planner { get; set; } = "";

    /// <summary>Policy of alignments that do not ask for one; empty takes <c>least-squares</c>.</summary>
    [KnownAlignmentPolicy]
    public string AlignmentPolicy { get; set; } = "";

    /// <summary>Planner that advises silently beside the one in charge, in sessions that do not name one; empty for none.</summary>
    [KnownPlanner]
    public string Shadow { get; set; } = "";

    /// <summary>Weights of a learned planner, as <c>NAME=FILE</c>; empty for none. If they cannot be used, the host says why and plans with <c>rate</c>.</summary>
    public string Model { get; set; } = "";

    /// <summary>Weights of the classifier that scores holes; empty takes those that came with the program. If they cannot be used, <c>score_holes</c> is refused with the reason.</summary>
    public string Classifier { get; set; } = "";
}
