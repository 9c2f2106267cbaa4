using System.CommandLine;
using Bridge.AgentHost.Serving;
using Bridge.Client;
using Bridge.Contracts;

namespace Bridge.AgentHost.Commands;

/// <summary><c>agent-host start</c>: what the installer has Windows run at log-on. Starts a host without a window, if none answers, and ends.</summary>
internal static class StartCommand
{
    /// <summary>A host that is there answers in milliseconds.</summary>
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        Option<string> endpoint = CommonOptions.Endpoint();
        Option<string> dataFolder = CommonOptions.DataFolder();
        var command = new Command("start", "Starts a host in the background, unless one answers already, and ends when it answers. Its log: host.log in the data folder.") { endpoint, dataFolder };
        Option<string?> secretFile = CommonOptions.SecretFile();
        command.Options.Add(secretFile);
        command.SetAction(parsed => Run(parsed.GetValue(endpoint)!, parsed.GetValue(dataFolder)!, parsed.GetValue(secretFile)));
        return command;
    }

    private static int Run(string endpoint, string dataFolder, string? secretFile)
    {
        LoopbackEndpointAttribute.Check("--endpoint", endpoint);
        using var client = new BridgeClient(new BridgeClientOptions { Endpoint = endpoint, AttemptTimeout = AskLimit, SecretFile = HostSettings.SecretFile(secretFile, dataFolder) });
        if (!LocalListeners.AreNoneAt(endpoint) && client.Ask(new HelloRequest("agent-host start"), AskLimit) is { } there)
        {
            Console.WriteLine($"a host answers at {endpoint} already{(there is FaultReply fault ? ": " + fault.Message : "")}");
            return ExitCode.Done;
        }
        (string program, string[] self) = ThisProgram.Command;
        string? said = new HostStarter(program, [.. self, "serve", "--endpoint", endpoint, "--data-folder", Path.GetFullPath(dataFolder), .. secretFile is null ? [] : (string[])["--secret-file", secretFile]], TimeProvider.System).TryStart();
        if (client.Ask(new HelloRequest("agent-host start"), StartLimit) is WelcomeReply welcome)
        {
            Console.WriteLine($"{said}; version {welcome.HostVersion} answers at {endpoint}");
            return ExitCode.Done;
        }
        Console.Error.WriteLine($"agent-host: {said}, but nobody answers at {endpoint}: {client.LastError}. Its log is {Path.Combine(Path.GetFullPath(dataFolder), Logging.FileLoggerProvider.Name)}.log; agent-host doctor looks at what it needs.");
        return ExitCode.Failed;
    }
}
