using System.CommandLine;

namespace Bridge.AgentHost.Commands;

/// <summary>Commands that compute for long: Ctrl+C asks the work to stop, and a second one ends the process. (With System.CommandLine's own token the first one ended the
/// process at once, without a word.)</summary>
internal static class LongWork
{
    /// <summary>Makes work the action of a command.</summary>
    /// <param name="work">Returns the exit code; throws <see cref="OperationCanceledException"/> where it was stopped.</param>
    public static void SetWork(this Command command, Func<ParseResult, CancellationToken, int> work) => command.SetAction(parsed =>
    {
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler asked = (_, e) =>
        {
            e.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        Console.CancelKeyPress += asked;
        try
        {
            return work(parsed, stop.Token);
        }
        finally
        {
            Console.CancelKeyPress -= asked;
        }
    });
}
