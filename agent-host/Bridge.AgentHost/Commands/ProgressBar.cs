using Spectre.Console;

namespace Bridge.AgentHost.Commands;

/// <summary>A progress bar with the remaining time while a person watches; nothing when the output goes into a file or a pipe.</summary>
internal static class ProgressBar
{
    /// <param name="what">What is going on, in a few words.</param>
    /// <param name="work">Reports its progress as 0 to 1, from any thread.</param>
    public static T Run<T>(string what, Func<IProgress<double>, T> work)
    {
        if (!Terminal.IsWatched)
            return work(new DirectProgress(_ => { }));
        Progress progress = Terminal.Out.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
        return progress.Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(what));
            return work(new DirectProgress(fraction => task.Value = 100 * fraction));
        });
    }
}
