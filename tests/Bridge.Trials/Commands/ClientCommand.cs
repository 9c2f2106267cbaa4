using System.CommandLine;
using Bridge.AgentHost.Commands;
using Bridge.Client;
using Bridge.Trials.Judging;

namespace Bridge.Trials.Commands;

/// <summary><c>client</c>: one script's session, for those who kill it. It says where it went and what it was told was kept.</summary>
internal static class ClientCommand
{
    public static Command Create()
    {
        var endpoint = new Option<string>("--endpoint") { Required = true };
        var folder = new Option<string>("--data-folder") { Required = true };
        var session = new Option<string>("--session") { Required = true };
        var navigator = new Option<string>("--navigator") { Required = true };
        var secret = new Option<string>("--secret-file") { Required = true };
        var command = new Command("client", "A script's session through the plugin's functions; the other side of faults.") { endpoint, folder, session, navigator, secret };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(endpoint)!, parsed.GetValue(folder)!, parsed.GetValue(session)!, parsed.GetValue(navigator)!, parsed.GetValue(secret)!));
        return command;
    }

    private static int Run(string endpoint, string folder, string session, string navigator, string secret)
    {
        try
        {
            using var script = new Script(endpoint, folder, session, secret == Installation.NoSecret ? null : secret);
            script.Open(navigator);
            Say("opened");
            for (int reported = 0; script.Step() is { } item;)
            {
                Say($"visited {item}");
                for (; reported < script.Reported.Count; reported++)
                    Say($"reported {script.Reported[reported]}");
            }
            Say("over");
            return ExitCode.Done;
        }
        catch (TrialLossException e)
        {
            Say($"failed: {e.Message}");
            return ExitCode.Failed;
        }
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
