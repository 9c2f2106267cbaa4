using System.Diagnostics;
using System.Globalization;
using System.Net;
using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.SerialEM;

/// <summary>The connection to the host: made by the first call that needs it, and the questions whose answers are picked up later.</summary>
internal sealed class HostLink(PluginSettings settings, RolledLog log) : IDisposable
{
    private BridgeClient? _client;
    private string? _wanted;
    private (string Key, PendingRequest Request)? _polled;
    private long _silentSince;
    private volatile string? _hostVersion;

    /// <summary>Version of the plugin, which the installer brings together with a host of the same.</summary>
    public static string Version { get; } = typeof(HostLink).Assembly.GetName().Version?.ToString(3) ?? "?";

    /// <summary>Settings of the client in use.</summary>
    public BridgeClientOptions Options { get; private set; } = new() { Endpoint = settings.Endpoint };

    /// <summary>The client; made, with its thread, by the first use.</summary>
    public BridgeClient Client => _client ?? Choose("-");

    /// <summary>What to do if the host is of another version than the plugin; null if it is not, or has not said.</summary>
    public string? VersionWarning => _hostVersion is not { } version || version == Version
        ? null
        : $"the host is version {version}, this plugin is {Version}; close SerialEM, install Bridge again, which brings both, and restart SerialEM";

    /// <summary>Makes the client for a text of <c>Connect</c>; the same text keeps what is there.</summary>
    /// <exception cref="ContractException">The text cannot be understood.</exception>
    public BridgeClient Choose(string text)
    {
        if (_client is not null && text == _wanted)
            return _client;
        int blank = text.IndexOf(' ');
        string endpoint = blank < 0 ? text : text[..blank];
        string? program = blank < 0 ? settings.HostProgram : text[(blank + 1)..].Trim().Trim('"');
        if (endpoint == "-")
            endpoint = settings.Endpoint;
        CheckEndpoint(endpoint);
        var options = new BridgeClientOptions { Endpoint = endpoint, SecretFile = settings.SecretFile };
        IHostStarter? starter = HostProgram.Starter(program, HostArguments(endpoint));
        Dispose();
        log.Write($"client for {endpoint}, {(starter is null ? "starting no host" : "starting the host if need be")}");
        (Options, _wanted, _client, _hostVersion) = (options, text, new BridgeClient(options, starter), null);
        _client.AnsweredLate += (pending, reply) => LogLate(pending, reply);
        return _client;
    }

    /// <summary>Asks a host that answers for its version, once; does not wait.</summary>
    public void AskVersion()
    {
        if (_hostVersion is null && Client.Ask(Hello(), TimeSpan.Zero) is { } reply)
            NoteVersion(reply);
    }

    /// <summary>Asks who is there: 1 when a host has answered, 0 for pending.</summary>
    public double Greet(TimeSpan deadline)
    {
        if (Poll("hello", Hello(), deadline) is not { } reply)
            return 0;
        NoteVersion(reply);
        return 1;
    }

    /// <summary>Asks something, or picks up the answer to the same question asked before.</summary>
    /// <param name="key">Tells one question from another.</param>
    /// <returns>The answer, or null for pending.</returns>
    /// <exception cref="ContractException">The host refused, or nobody has answered for long.</exception>
    public Reply? Poll(string key, Request request, TimeSpan deadline)
    {
        if (_polled is not { } polled || polled.Key != key)
            _polled = polled = (key, Client.Submit(request));
        Reply? reply = polled.Request.Wait(deadline);
        CheckSilence(reply);
        if (reply is not null)
            _polled = null;
        return Expect(reply);
    }

    /// <summary>Turns a pending answer into a fault when nobody has answered for longer than a host takes to start.</summary>
    /// <exception cref="ContractException">That is so.</exception>
    public void CheckSilence(Reply? reply)
    {
        if (reply is not null || !Client.IsHostAway)
        {
            _silentSince = 0;
            return;
        }
        if (_silentSince == 0)
            _silentSince = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_silentSince) > settings.HostStartLimit)
            throw new ContractException(FaultCode.HostUnreachable,
                $"nobody answers at {Options.Endpoint} ({Client.LastError}); {Client.LastStart ?? "no program agent-host was found to start: give its path in Connect or in BRIDGE_AGENT_HOST"}");
    }

    /// <exception cref="ContractException">The reply is a fault.</exception>
    public static Reply? Expect(Reply? reply) => reply is FaultReply fault ? throw new ContractException(fault.Code, fault.Message) : reply;

    public void Dispose()
    {
        _polled = null;
        // Closing waits for the client's thread, which the caller must not.
        if (Interlocked.Exchange(ref _client, null) is { } client)
            ThreadPool.QueueUserWorkItem(static old => old.Dispose(), client, preferLocal: false);
    }

    private static HelloRequest Hello() => new("SerialEM plugin " + Version);

    private void NoteVersion(Reply reply)
    {
        if (reply is not WelcomeReply welcome || welcome.HostVersion == _hostVersion)
            return;
        _hostVersion = welcome.HostVersion;
        if (VersionWarning is { } warning)
            log.Write($"warning: {warning}");
    }

    private void LogLate(PendingRequest pending, Reply reply)
    {
        NoteVersion(reply);
        if (reply is FaultReply fault)
            log.Write($"{pending.Request.Type} was refused after its call had returned: {FaultTexts.Sentence(fault.Code, fault.Message)}");
    }

    private List<string> HostArguments(string endpoint)
    {
        // Whole paths: the host's current folder is another.
        List<string> arguments = ["--endpoint", endpoint];
        if (settings.DataFolderIsChosen)
            arguments.AddRange(["--data-folder", Path.GetFullPath(settings.DataFolder)]);
        if (settings.ChosenSecret is { } secret)
            arguments.AddRange(["--secret-file", secret]);
        return arguments;
    }

    private static void CheckEndpoint(string endpoint)
    {
        const string Scheme = "tcp://";
        int colon = endpoint.LastIndexOf(':');
        bool fits = endpoint.StartsWith(Scheme, StringComparison.Ordinal) && colon > Scheme.Length
            && int.TryParse(endpoint.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65_535
            && (endpoint[Scheme.Length..colon] is "localhost" || (IPAddress.TryParse(endpoint[Scheme.Length..colon], out IPAddress? address) && IPAddress.IsLoopback(address)));
        if (!fits)
            throw new ContractException(FaultCode.BadField, $"Connect: '{endpoint}' is no endpoint on this computer; it looks like {Protocol.DefaultEndpoint}, or - for the default");
    }
}
