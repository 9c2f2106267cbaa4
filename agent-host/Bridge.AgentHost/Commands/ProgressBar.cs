using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>A progress bar while a person watches; nothing when the output goes into a file or a pipe.</summary>
internal static class ProgressBar
{
    /// <param name="what">What is going on, in a few words.</param>
    /// <param name="work">Reports its progress as 0 to 1.</param>
    public static T Run<T>(string what, Func<IProgress<double>, T> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            return work(new Progress(_ => { }));
        return AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(what));
            return work(new Progress(fraction => task.Value = 100 * fraction));
        });
    }

    // System.Progress<T> reports on the thread pool, after the work is done.
    private sealed class Progress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
